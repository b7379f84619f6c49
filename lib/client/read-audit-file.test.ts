import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { leastPrivilegeBodySchema, MOST_USED_REQUESTS } from "#lib/contracts/least-privilege.ts";
import { anAuditEvent, auditLines } from "#lib/testing/build-audit-log.ts";
import { readAuditFile, type ReadProgress } from "./read-audit-file.ts";

const ALICE = { kind: "User", name: "alice" } as const;

function options() {
  const progress: ReadProgress[] = [];
  const stop = new AbortController();
  return { progress, stop, signal: stop.signal, onProgress: (step: ReadProgress) => void progress.push(step) };
}

describe("readAuditFile", () => {
  it("gives what one subject did, as the server takes it", async () => {
    const log = auditLines([anAuditEvent(), anAuditEvent({ user: "bob" }), anAuditEvent({ groups: ["dev"] })]);
    const { used, broken } = await readAuditFile(new Blob([log, "torn\n"]), ALICE, options());
    expect(leastPrivilegeBodySchema.parse(used)).toMatchObject({
      groups: ["dev", "system:authenticated"],
      requests: [{ request: { verb: "get", resource: "configmaps" }, allowed: 2 }],
      log: { requests: 3, brokenLines: 1, dropped: 0 },
    });
    expect(broken.first).toEqual([{ line: 4, reason: "not JSON" }]);
  });

  it("sends no more than the server takes, and says how much is missing", async () => {
    const events = Array.from({ length: MOST_USED_REQUESTS + 10 }, (_, index) =>
      anAuditEvent({ object: null, uri: `/p/${index}` }),
    );
    const { used } = await readAuditFile(new Blob([auditLines(events)]), ALICE, options());
    expect(leastPrivilegeBodySchema.safeParse(used).success).toBe(true);
    expect([used.requests.length, used.log.dropped]).toEqual([MOST_USED_REQUESTS, 10]);
  });

  it("tells how far it is by the bytes of the file, and stops when it is told", async () => {
    const log = auditLines(Array.from({ length: 2000 }, () => anAuditEvent())).repeat(40);
    const file = new Blob([gzipSync(log)]);
    const whole = options();
    await readAuditFile(file, ALICE, whole);
    expect(whole.progress.length).toBeGreaterThan(0);
    for (const { read, total, events } of whole.progress) {
      expect(read).toBeLessThanOrEqual(total);
      expect(total).toBe(file.size);
      expect(events).toBeGreaterThan(0);
    }
    const stopped = options();
    const reading = readAuditFile(file, ALICE, {
      signal: stopped.signal,
      onProgress: () => stopped.stop.abort(new Error("enough")),
    });
    await expect(reading).rejects.toThrow("enough");
  });

  it("refuses what is no audit log", async () => {
    await expect(readAuditFile(new Blob(["hello\n"]), ALICE, options())).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(readAuditFile(new Blob([]), ALICE, options())).rejects.toMatchObject({ message: "The file is empty" });
  });
});
