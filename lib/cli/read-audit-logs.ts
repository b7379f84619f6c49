import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import {
  createAuditLogReader,
  createUsageFold,
  decodeLog,
  type AuditUsage,
  type LogFacts,
} from "../audit-log/index.ts";
import type { Subject } from "../model/access.ts";
import { AppError } from "../model/app-error.ts";
import type { Terminal } from "./terminal.ts";

const PIECE_BYTES = 1024 * 1024;
const MIB = 2 ** 20;

/** Several logs folded together. */
export interface LogsRead {
  readonly usage: AuditUsage;
  readonly brokenLines: number;
  /** The first lines that could not be read, as `file:line: reason`. */
  readonly firstBroken: readonly string[];
}

/**
 * Reads audit logs one after the other ("-": standard input), plain or gzip, in constant memory. Progress goes to the terminal.
 * @throws AppError `invalid_input` with the file for what cannot be read or is no audit log.
 */
export async function readAuditLogs(
  files: readonly string[],
  subject: Subject | undefined,
  terminal: Terminal,
): Promise<LogsRead> {
  const fold = createUsageFold(subject ? { subject } : {});
  const broken: { readonly file: string; readonly facts: LogFacts["broken"] }[] = [];
  for (const file of files) {
    const reader = createAuditLogReader((event) => fold.add(event));
    try {
      const total = file === "-" ? 0 : (await stat(file)).size;
      const input = file === "-" ? terminal.stdin : createReadStream(file, { highWaterMark: PIECE_BYTES });
      let read = 0;
      for await (const text of decodeLog(bytesOf(input, (bytes) => (read += bytes)))) {
        reader.write(text);
        terminal.progress(progressLine(file, reader.facts().events, read, total));
      }
      broken.push({ file, facts: reader.end().broken });
    } catch (error) {
      throw withFile(error, file);
    } finally {
      terminal.progress("");
    }
  }
  return {
    usage: fold.result(),
    brokenLines: broken.reduce((sum, { facts }) => sum + facts.count, 0),
    firstBroken: broken.flatMap(({ file, facts }) =>
      facts.first.map(({ line, reason }) => `${file}:${line}: ${reason}`),
    ),
  };
}

/** Bytes of a stream of the system; text that a test gives as standard input counts as UTF-8. */
function bytesOf(input: Readable, onBytes: (bytes: number) => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = input[Symbol.asyncIterator]() as AsyncIterator<unknown>;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) {
          controller.close();
          return;
        }
        const bytes = typeof value === "string" ? new TextEncoder().encode(value) : new Uint8Array(value as Buffer);
        onBytes(bytes.byteLength);
        controller.enqueue(bytes);
      },
      cancel: () => void input.destroy(),
    },
    { highWaterMark: 0 },
  );
}

function withFile(error: unknown, file: string): unknown {
  const position = { file: file === "-" ? "standard input" : file };
  if (error instanceof AppError)
    return new AppError(error.code, error.message, {
      position,
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  // What the system says about a file has a code; anything else is a bug.
  if (error instanceof Error && "code" in error)
    return new AppError("invalid_input", "The audit log cannot be read", { position, cause: error });
  return error;
}

function progressLine(file: string, events: number, read: number, total: number): string {
  const share = total > 0 ? ` · ${Math.min(100, Math.floor((read / total) * 100))} %` : "";
  return `Reading ${file} · ${Math.round(read / MIB).toLocaleString("en-US")} MiB${share} · ${events.toLocaleString("en-US")} events`;
}
