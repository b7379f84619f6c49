import { createAuditLogReader, createUsageFold, decodeLog, type LogFacts } from "../audit-log/index.ts";
import { MOST_USED_REQUESTS, type LeastPrivilegeBody } from "../contracts/least-privilege.ts";
import type { Subject } from "../model/access.ts";

/** So long the page may stand still. */
const SLICE_MS = 24;

/** What of a log concerns one subject, ready to be sent, and what is to be said about the log. */
export interface AuditFileRead {
  readonly used: Omit<LeastPrivilegeBody, "names" | "scope">;
  readonly broken: LogFacts["broken"];
}

export interface ReadProgress {
  /** Bytes of the file, as it is stored. */
  readonly read: number;
  readonly total: number;
  readonly events: number;
}

/**
 * Reads an audit log in this browser, in slices that leave the page responsive and in constant memory; nothing of it is sent.
 * @throws AppError `invalid_input` when it is no audit log; the signal's reason when it is aborted; what the browser throws for a file that it cannot read.
 */
export async function readAuditFile(
  file: Blob,
  subject: Subject,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: ReadProgress) => void },
): Promise<AuditFileRead> {
  const fold = createUsageFold({ subject, maxRequests: MOST_USED_REQUESTS });
  const reader = createAuditLogReader((event) => fold.add(event));
  let read = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(bytes, controller) {
        read += bytes.byteLength;
        controller.enqueue(bytes);
      },
    }),
  );
  let sliceEndsAt = performance.now() + SLICE_MS;
  for await (const text of decodeLog(counted)) {
    signal.throwIfAborted();
    reader.write(text);
    if (performance.now() < sliceEndsAt) continue;
    onProgress({ read, total: file.size, events: reader.facts().events });
    await new Promise((resolve) => setTimeout(resolve));
    sliceEndsAt = performance.now() + SLICE_MS;
  }
  signal.throwIfAborted();
  const { broken } = reader.end();
  const { users, period, requests, dropped } = fold.result();
  const [user] = users;
  return {
    used: {
      groups: [...(user?.groups ?? [])],
      requests: [...(user?.requests ?? [])],
      log: {
        firstAt: period?.firstAt ?? null,
        lastAt: period?.lastAt ?? null,
        requests,
        brokenLines: broken.count,
        dropped,
      },
    },
    broken,
  };
}
