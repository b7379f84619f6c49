/**
 * Codes of expected failures. One table maps them to HTTP status (`lib/server/http-status.ts`) and one to exit
 * status (`lib/cli/exit-status.ts`); anything that is not an AppError is a bug.
 */
export const APP_ERROR_CODES = [
  "invalid_input",
  "invalid_kubeconfig",
  "not_found",
  "conflict",
  "forbidden",
  "too_large",
  "unavailable",
  "cluster_unreachable",
  "cluster_unauthorized",
  "cluster_forbidden",
  "cluster_bad_response",
  "cluster_timeout",
  "address_blocked",
  "credential_missing",
  "cancelled",
] as const;
export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** Where in an input the reason lies. Lines and columns start at 1. */
export interface InputPosition {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Field path, e.g. `users[0].user.exec`. */
  readonly field?: string;
}

/** Shared by every copy of this module: a bundler may load it more than once in one process. */
const BRAND = Symbol.for("kordon.AppError");

/** An expected failure with a message for people: one sentence, no server text, no secrets. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly [BRAND] = true;
  readonly position: InputPosition | undefined;
  /** What the reader can do about it; one sentence. */
  readonly hint: string | undefined;

  /** True for an AppError of any copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && BRAND in value;
  }

  constructor(
    code: AppErrorCode,
    message: string,
    options: { position?: InputPosition; hint?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.position = options.position;
    this.hint = options.hint;
  }
}

/** `file:line:column: field`, as much of it as is known; empty when nothing is. */
export function formatPosition(position: InputPosition | undefined): string {
  if (!position) return "";
  const place = [position.file, position.line, position.column].filter((part) => part !== undefined).join(":");
  return [place, position.field].filter((part) => part !== undefined && part !== "").join(": ");
}
