import type { Terminal } from "./terminal.ts";

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** The whole help text, without the name. */
  readonly help: string;
  /** Returns the exit status. @throws AppError for expected failures. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
