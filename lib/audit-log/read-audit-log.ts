import { AppError } from "../model/app-error.ts";
import { eventsOfList, parseAuditEvent, type AuditEvent } from "./audit-event.ts";

/** Longer lines are skipped and counted: only answers recorded in full are as long. */
const LONGEST_LINE = 16 * 1024 * 1024;
const SHOWN_BROKEN_LINES = 5;
/** So many lines without any event: it is another file. */
const PATIENCE_LINES = 1000;

export type BrokenReason =
  "not JSON" | "no audit event" | "an event of another version" | "unreadable event" | "too long";

/** What was read, whoever it was about. */
export interface LogFacts {
  readonly lines: number;
  /** Events of any stage. */
  readonly events: number;
  readonly broken: {
    readonly count: number;
    /** The first ones. */
    readonly first: readonly { readonly line: number; readonly reason: BrokenReason }[];
  };
}

/** Takes a log piece by piece, in constant memory. */
export interface AuditLogReader {
  /** Calls back for every event whose line is complete. @throws AppError `invalid_input` when it is no audit log. */
  write(text: string): void;
  /** The last line. @throws AppError `invalid_input` when there was no event at all. */
  end(): LogFacts;
  facts(): LogFacts;
}

/**
 * Reads JSON lines of `audit.k8s.io/v1`: an event, an `EventList` or an array of events per line. Lines that are none are counted and skipped; a file
 * that holds none is refused.
 */
export function createAuditLogReader(onEvent: (event: AuditEvent) => void): AuditLogReader {
  let lines = 0;
  let blank = 0;
  let events = 0;
  let otherVersions = 0;
  let brokenCount = 0;
  let opening = "";
  const firstBroken: { line: number; reason: BrokenReason }[] = [];
  let parts: string[] = [];
  let partsLength = 0;
  let skipping = false;

  const broken = (reason: BrokenReason) => {
    brokenCount += 1;
    if (firstBroken.length < SHOWN_BROKEN_LINES) firstBroken.push({ line: lines, reason });
  };
  const take = (value: unknown) => {
    const event = parseAuditEvent(value);
    if (typeof event !== "string") {
      events += 1;
      onEvent(event);
    } else if (event === "other-version") {
      otherVersions += 1;
      broken("an event of another version");
    } else broken(event === "malformed" ? "unreadable event" : "no audit event");
  };
  const takeLine = (line: string) => {
    lines += 1;
    const text = lines === 1 ? line.replace(/^\uFEFF/, "") : line;
    if (text.trim() === "") {
      blank += 1;
      return;
    }
    if (opening === "") opening = text.trim().slice(0, 200);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
      broken("not JSON");
      if (events === 0 && lines - blank >= PATIENCE_LINES) throw notAnAuditLog();
      return;
    }
    const list = eventsOfList(value);
    if (list) for (const entry of list) take(entry);
    else take(value);
    if (events === 0 && lines - blank >= PATIENCE_LINES) throw notAnAuditLog();
  };
  const endLine = () => {
    if (skipping) {
      lines += 1;
      broken("too long");
    } else takeLine(parts.length === 1 ? (parts[0] ?? "") : parts.join(""));
    skipping = false;
    parts = [];
    partsLength = 0;
  };
  const extendLine = (text: string) => {
    if (skipping || text === "") return;
    partsLength += text.length;
    if (partsLength > LONGEST_LINE) {
      skipping = true;
      parts = [];
    } else parts.push(text);
  };
  const notAnAuditLog = () => {
    if (otherVersions > 0)
      return refusal("The events are of an older version than audit.k8s.io/v1", "Kubernetes writes v1 since 1.12.");
    if (/^[[{]/.test(opening) && !/[}\]]$/.test(opening))
      return refusal(
        "The file holds JSON over several lines, not one audit event per line",
        "Make lines of it: jq -c '.items[]? // .[]? // .' FILE",
      );
    return refusal(
      "This is no audit log: no line is an event of audit.k8s.io/v1",
      "Give the file that --audit-log-path names, one JSON event per line.",
    );
  };
  const facts = () => ({ lines, events, broken: { count: brokenCount, first: [...firstBroken] } });

  return {
    write(text) {
      let start = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
        extendLine(text.slice(start, end));
        endLine();
        start = end + 1;
      }
      extendLine(text.slice(start));
    },
    end() {
      if (skipping || parts.length > 0) endLine();
      if (lines === blank) throw refusal("The file is empty", "Give the file that --audit-log-path names.");
      if (events === 0) throw notAnAuditLog();
      return facts();
    },
    facts,
  };
}

function refusal(message: string, hint: string): AppError {
  return new AppError("invalid_input", message, { hint });
}
