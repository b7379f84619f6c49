import { usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The output format: the one asked for, else a table on a terminal and JSON elsewhere.
 * @throws AppError `invalid_input` for a format the command does not have.
 */
export function chooseFormat<F extends string>(
  asked: string | undefined,
  formats: readonly F[],
  terminal: Terminal,
): F | "table" | "json" {
  if (asked === undefined) return terminal.isInteractive ? "table" : "json";
  const found = [...formats, "table", "json"].find((format) => format === asked);
  if (found === undefined)
    throw usageError(
      `No output format ${JSON.stringify(asked)}: there are ${[...formats, "table", "json"].join(", ")}`,
    );
  return found as F | "table" | "json"; // found among exactly these
}

/** Indented JSON for people and programs, with a newline at the end. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
