import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { loadManifests } from "#lib/collector/index.ts";
import type { AccessRequest, UserInfo } from "#lib/model/access.ts";
import { compileAccess } from "./compile-access.ts";
import { decideImpersonation, type Impersonator, type ImpersonationTarget } from "./decide-impersonation.ts";
import { decideWrite, type WriteDecision, type WriteOperation } from "./decide-write.ts";
import { parseWrittenObject } from "./written-object.ts";

interface RecordedWrite {
  readonly who: UserInfo;
  readonly operation: WriteOperation;
  readonly object: object;
  readonly status: number;
}

interface RecordedImpersonation {
  readonly who: Impersonator;
  readonly target: ImpersonationTarget;
  readonly request: AccessRequest;
  readonly answer: string;
}

/**
 * The cluster of a recording and its requests, one per line: first the server, then what is stored, then requests with the server's
 * answers. Recorded in the forms above by the tests of requests in `e2e/kube` with KORDON_RECORD=1.
 */
async function read(name: string) {
  const text = await readFile(new URL(`recorded/${name}`, import.meta.url), "utf8");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  const stored = JSON.stringify(lines.flatMap((line) => (isRecord(line) && "stored" in line ? [line["stored"]] : [])));
  const now = new Date("2026-11-23T00:00:00Z");
  const snapshot = await loadManifests([{ name: "stored.json", text: stored }], { clusterName: name, now });
  return { model: compileAccess(snapshot), requests: lines.filter((line) => isRecord(line) && "who" in line) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

describe("answers recorded from a real API server", () => {
  it("agree with every dry-run create and update of roles and bindings", async () => {
    const { model, requests } = await read("writes.jsonl");
    const differences = (requests as readonly RecordedWrite[]).flatMap((recorded) => {
      const parsed = parseWrittenObject(recorded.object);
      if (!("object" in parsed)) return [JSON.stringify(recorded)];
      const decision = decideWrite(model, recorded.who, recorded.operation, parsed.object);
      const same = statusesOf(decision).includes(recorded.status);
      return same ? [] : [`${JSON.stringify(decision)}, not ${JSON.stringify(recorded)}`];
    });
    expect(differences).toEqual([]);
    expect(requests.length).toBeGreaterThanOrEqual(800);
  });

  it.each([37, 35])("agree with every impersonated request to 1.%i", async (minor) => {
    const { model, requests } = await read(`impersonations-1.${minor}.jsonl`);
    let unknown = 0;
    const differences = (requests as readonly RecordedImpersonation[]).flatMap((recorded) => {
      const { who, target, request, answer } = recorded;
      const decision = decideImpersonation(model, who, target, request, { minor });
      if (decision.verdict === "unknown") unknown += 1;
      const ours = decision.verdict === "denied" ? decision.reason : decision.verdict;
      return ours === answer || ours === "unknown"
        ? []
        : [`${JSON.stringify(decision)}, not ${JSON.stringify(recorded)}`];
    });
    expect(differences).toEqual([]);
    expect(requests.length).toBeGreaterThanOrEqual(350);
    expect(unknown).toBeLessThan(requests.length / 6); // what nodes may read, which only the server knows
  });
});

/** HTTP answers that a decision stands for. */
function statusesOf(decision: WriteDecision): readonly number[] {
  if (decision.verdict === "unknown") return [];
  if (decision.verdict === "allowed") return [200, 201];
  switch (decision.reason) {
    case "not-authorized":
    case "rights-not-held":
    case "aggregation":
      return [403];
    case "role-missing":
      return [404];
    case "exists":
    case "conflict":
      return [409];
    case "invalid":
    case "role-reference":
      return [422];
  }
}
