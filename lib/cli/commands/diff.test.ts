import { describe, expect, it } from "vitest";
import { aTerminal } from "#lib/testing/build-terminal.ts";
import { diff } from "./diff.ts";

async function run(...args: readonly string[]) {
  const terminal = aTerminal();
  const status = await diff.run(args, terminal);
  return { status, out: terminal.out() };
}

describe("diff", () => {
  it("says nothing of a cluster against itself, and exits with 0", async () => {
    const { status, out } = await run("--demo", "hardened", "--", "--demo", "hardened", "-o", "table");
    expect([status, out]).toEqual([0, "No difference in access.\n"]);
  });

  it("tells what the second has more, and exits with 1", async () => {
    const { status, out } = await run("--demo", "hardened", "--", "--demo", "messy");
    expect(status).toBe(1);
    const answer = JSON.parse(out) as { takeover: { gained: string[] }; findings: { added: { subject: string }[] } };
    expect(answer.takeover.gained).toContain("ServiceAccount:ci/deployer");
    expect(answer.findings.added.map(({ subject }) => subject)).toContain("ServiceAccount:ci/deployer");
  });

  it.each([
    { name: "one source", args: ["--demo", "messy"] },
    { name: "no second source", args: ["--demo", "messy", "--"] },
    { name: "an argument too many", args: ["--demo", "messy", "x", "--", "--demo", "messy"] },
  ])("refuses $name", async ({ args }) => {
    await expect(run(...args)).rejects.toMatchObject({ code: "invalid_input" });
  });
});
