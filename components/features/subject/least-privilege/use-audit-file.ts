"use client";

import { useEffect, useRef, useState } from "react";
import { readAuditFile, type AuditFileRead, type ReadProgress } from "#lib/client/read-audit-file.ts";
import type { Subject } from "#lib/model/access.ts";
import { AppError } from "#lib/model/app-error.ts";

/** What became of the file that was chosen. */
export type AuditFileState =
  | { readonly type: "none" }
  | { readonly type: "reading"; readonly name: string; readonly progress: ReadProgress }
  | { readonly type: "failed"; readonly name: string; readonly message: string; readonly hint: string | undefined }
  | { readonly type: "read"; readonly name: string; readonly id: string; readonly log: AuditFileRead };

let reads = 0;

/** Reads a chosen audit log for one subject; a new file takes the place of the one before, and leaving the page stops reading. */
export function useAuditFile(subject: Subject) {
  const [state, setState] = useState<AuditFileState>({ type: "none" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const stop = () => {
    running.current?.abort();
    running.current = null;
    setState({ type: "none" });
  };
  const read = (file: File) => {
    running.current?.abort();
    const current = new AbortController();
    running.current = current;
    const { name } = file;
    const show = (next: AuditFileState) => {
      if (!current.signal.aborted) setState(next);
    };
    show({ type: "reading", name, progress: { read: 0, total: file.size, events: 0 } });
    readAuditFile(file, subject, {
      signal: current.signal,
      onProgress: (progress) => show({ type: "reading", name, progress }),
    }).then(
      (log) => show({ type: "read", name, id: `${name} ${(reads += 1)}`, log }),
      (error: unknown) => show({ type: "failed", name, ...wordsOf(error) }),
    );
  };
  return { state, read, stop };
}

function wordsOf(error: unknown): { readonly message: string; readonly hint: string | undefined } {
  if (error instanceof AppError) return { message: error.message, hint: error.hint };
  return {
    message: "The browser could not read this file",
    hint: "It may have been moved or changed since it was chosen.",
  };
}
