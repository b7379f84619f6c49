import type { Readable } from "node:stream";
import { toVisibleText } from "../model/visible-text.ts";

/** Where a command reads and writes; replaced in tests. */
export interface Terminal {
  readonly stdin: Readable;
  readonly isInteractive: boolean;
  /** Writes to standard output and waits while the reader is slow, so that any amount streams in constant memory. */
  write(text: string): Promise<void>;
  /** Writes one line to standard error. */
  error(line: string): void;
  /** Shows a line that replaces the one before, on a terminal only; "" clears it. */
  progress(line: string): void;
  /** Calls back at the first Ctrl-C; returns a function that stops listening. */
  onInterrupt(callback: () => void): () => void;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  // A reader that goes away (`| head`) is no error of ours.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    stdin,
    isInteractive: stdout.isTTY,
    write: (text) => new Promise((resolve) => (stdout.write(text) ? resolve() : stdout.once("drain", resolve))),
    error: (line) => void stderr.write(`${line}\n`),
    progress: (line) => {
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${line}`);
    },
    onInterrupt: (callback) => {
      process.once("SIGINT", callback);
      return () => process.off("SIGINT", callback);
    },
  };
}

/**
 * A table in columns as wide as their longest cell. Cells come from clusters: control and bidi characters are shown as escapes,
 * so nothing reaches the terminal as a command.
 */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(toVisibleText));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map(
      (row) =>
        `${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ")}\n`,
    )
    .join("");
}
