import { describe, expect, it } from "vitest";
import { anAuditEvent, auditLines } from "#lib/testing/build-audit-log.ts";
import type { AuditEvent } from "./audit-event.ts";
import { createAuditLogReader } from "./read-audit-log.ts";

function read(text: string, pieceLength = text.length) {
  const events: AuditEvent[] = [];
  const reader = createAuditLogReader((event) => events.push(event));
  for (let start = 0; start < text.length; start += pieceLength) reader.write(text.slice(start, start + pieceLength));
  return { facts: reader.end(), events };
}

function refusal(text: string): unknown {
  try {
    read(text);
  } catch (error) {
    return error;
  }
  return null;
}

describe("createAuditLogReader", () => {
  it.each([1, 7, 100, 100_000])("reads the same from pieces of %i characters", (pieceLength) => {
    const text = auditLines([
      anAuditEvent({ id: "a" }),
      anAuditEvent({ id: "b", user: "名前\u2028" }),
      anAuditEvent({ id: "c" }),
    ]);
    const { facts, events } = read(text, pieceLength);
    expect(events.map(({ id, user }) => [id, user?.name])).toEqual([
      ["a", "alice"],
      ["b", "名前\u2028"],
      ["c", "alice"],
    ]);
    expect(facts).toEqual({ lines: 3, events: 3, broken: { count: 0, first: [] } });
  });

  it.each([
    { name: "a line without an end", text: JSON.stringify(anAuditEvent()) },
    { name: "lines of Windows and blank ones", text: `\r\n${JSON.stringify(anAuditEvent())}\r\n \r\n` },
    { name: "a byte order mark", text: `\uFEFF${auditLines([anAuditEvent()])}` },
    { name: "an array in one line", text: JSON.stringify([anAuditEvent()]) },
    {
      name: "an EventList whose items name no kind",
      text: JSON.stringify({
        kind: "EventList",
        apiVersion: "audit.k8s.io/v1",
        items: [{ ...anAuditEvent(), kind: undefined, apiVersion: undefined }].map((item) =>
          JSON.parse(JSON.stringify(item)),
        ),
      }),
    },
  ])("reads $name", ({ text }) => {
    const { facts, events } = read(text);
    expect(events).toHaveLength(1);
    expect(facts.broken.count).toBe(0);
  });

  it.each([
    { name: "text that is no JSON", line: "{", reason: "not JSON" },
    { name: "JSON that nests too deep to read", line: "[".repeat(100_000), reason: "not JSON" },
    { name: "a number", line: "5", reason: "no audit event" },
    { name: "null", line: "null", reason: "no audit event" },
    { name: "an event of the core API", line: '{"kind":"Event","apiVersion":"v1"}', reason: "no audit event" },
    {
      name: "an old version",
      line: '{"kind":"Event","apiVersion":"audit.k8s.io/v1beta1"}',
      reason: "an event of another version",
    },
    ...(
      [
        ["a verb that is a number", { verb: 5 }],
        ["an unknown stage", { stage: "Done" }],
        ["no id", { auditID: undefined }],
        ["a user that is a list", { user: ["alice"] }],
        ["an object whose name is an object", { objectRef: { resource: "pods", name: {} } }],
        ["a name longer than any name", { objectRef: { resource: "pods", name: "x".repeat(600) } }],
      ] as const
    ).map(([name, more]) => ({ name, line: JSON.stringify(anAuditEvent({ more })), reason: "unreadable event" })),
  ])("skips and counts $name, and says where", ({ line, reason }) => {
    const good = auditLines([anAuditEvent()]);
    const { facts, events } = read(`${good}\n${line}\n${good}`);
    expect(events).toHaveLength(2);
    expect(facts.broken).toEqual({ count: 1, first: [{ line: 3, reason }] });
  });

  it("skips a line that is too long without keeping it, and names only the first broken lines", () => {
    const reader = createAuditLogReader(() => undefined);
    reader.write(auditLines([anAuditEvent()]));
    for (let piece = 0; piece < 17; piece += 1) reader.write("x".repeat(1024 * 1024));
    reader.write(`\n${"broken\n".repeat(9)}`);
    const { broken } = reader.end();
    expect(broken.count).toBe(10);
    expect(broken.first).toHaveLength(5);
    expect(broken.first[0]).toEqual({ line: 2, reason: "too long" });
  });

  it.each([
    { name: "nothing", text: "", message: "The file is empty" },
    { name: "blank lines", text: "\n\n", message: "The file is empty" },
    {
      name: "another text",
      text: "hello\nworld\n",
      message: "This is no audit log: no line is an event of audit.k8s.io/v1",
    },
    {
      name: "a list over several lines",
      text: JSON.stringify([anAuditEvent()], null, 2),
      message: "The file holds JSON over several lines, not one audit event per line",
    },
    {
      name: "an object over several lines",
      text: JSON.stringify({ kind: "EventList", items: [anAuditEvent()] }, null, 2),
      message: "The file holds JSON over several lines, not one audit event per line",
    },
    {
      name: "old events",
      text: '{"kind":"Event","apiVersion":"audit.k8s.io/v1beta1"}',
      message: "The events are of an older version than audit.k8s.io/v1",
    },
  ])("refuses $name", ({ text, message }) => {
    expect(refusal(text)).toMatchObject({ code: "invalid_input", message });
  });

  it("gives up on another file long before its end", () => {
    const reader = createAuditLogReader(() => undefined);
    expect(() => {
      for (let line = 0; line < 2000; line += 1) reader.write("a,b,c\n");
    }).toThrow("This is no audit log");
    expect(reader.facts().lines).toBe(1000);
  });
});
