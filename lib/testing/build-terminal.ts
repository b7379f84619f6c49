import { Readable } from "node:stream";
import type { Terminal } from "#lib/cli/terminal.ts";

/** A terminal that keeps what is written. Not interactive, so commands answer in JSON unless they are told otherwise. */
export function aTerminal({
  stdin = "",
  isInteractive = false,
}: { stdin?: string; isInteractive?: boolean } = {}): Terminal & {
  readonly out: () => string;
  readonly errors: () => readonly string[];
} {
  const out: string[] = [];
  const errors: string[] = [];
  return {
    stdin: Readable.from([stdin]),
    isInteractive,
    write: async (text) => void out.push(text),
    error: (line) => void errors.push(line),
    progress: () => undefined,
    onInterrupt: () => () => undefined,
    out: () => out.join(""),
    errors: () => errors,
  };
}
