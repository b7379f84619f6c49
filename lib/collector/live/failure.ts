import type { AppErrorCode } from "#lib/model/app-error.ts";
import type { CoverageReason } from "#lib/model/coverage.ts";
import { AppError } from "#lib/model/app-error.ts";

/** Why one request gave no usable answer. Holds no text of the server. */
export class RequestFailure extends Error {
  readonly reason: CoverageReason;
  /** HTTP status, when there was one. */
  readonly status: number | undefined;
  /** Milliseconds the server asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** Token in a 410 answer, with which a list may go on inconsistently. */
  readonly continueToken: string | undefined;
  /** Short word for people, e.g. `certificate`. */
  readonly detail: string | undefined;

  constructor(
    reason: CoverageReason,
    facts: { status?: number; retryAfterMs?: number; continueToken?: string; detail?: string } = {},
  ) {
    super(`request failed: ${reason}`);
    this.name = "RequestFailure";
    this.reason = reason;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.continueToken = facts.continueToken;
    this.detail = facts.detail ?? (facts.status === undefined ? undefined : String(facts.status));
  }
}

const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  "ETIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
]);
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** The class of an error that came from the network stack; never its message, which may quote the server. */
export function classifyNetworkError(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  const code = errorCode(error);
  if (code !== undefined && TIMEOUT_CODES.has(code)) return new RequestFailure("timeout");
  if (code !== undefined && CERTIFICATE_CODES.has(code))
    return new RequestFailure("connection", { detail: "certificate" });
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new RequestFailure("connection", { detail: "name" });
  if (code === "ECONNREFUSED") return new RequestFailure("connection", { detail: "refused" });
  return new RequestFailure("connection");
}

function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause === undefined ? undefined : errorCode(error.cause);
}

/** The error that a whole operation ends with when this request was needed. */
export function toAppError(failure: RequestFailure): AppError {
  const { code, message, hint } = describe(failure);
  return new AppError(code, message, { hint, cause: failure });
}

function describe({ reason, detail, status }: RequestFailure): { code: AppErrorCode; message: string; hint?: string } {
  switch (reason) {
    case "unauthorized":
      return {
        code: "cluster_unauthorized",
        message: "The API server does not accept the credential.",
        hint: "It may have expired; give a new one.",
      };
    case "forbidden":
      return {
        code: "cluster_forbidden",
        message: "The API server refuses the request.",
        hint: "Grant Kordon's ClusterRole.",
      };
    case "timeout":
    case "deadline":
      return { code: "cluster_timeout", message: "The API server did not answer in time." };
    case "connection":
      return { code: "cluster_unreachable", ...unreachable(detail) };
    case "redirect":
      return {
        code: "cluster_bad_response",
        message: "The server answers with a redirect, which Kordon does not follow.",
        hint: "Check the server address.",
      };
    default:
      return {
        code: "cluster_bad_response",
        message: `The server does not answer as a Kubernetes API server${status === undefined ? "" : ` (status ${status})`}.`,
        hint: "Check the server address.",
      };
  }
}

function unreachable(detail: string | undefined): { message: string; hint?: string } {
  switch (detail) {
    case "certificate":
      return {
        message: "The certificate of the API server is not trusted.",
        hint: "Give the certificate authority of the cluster, or the TLS server name.",
      };
    case "name":
      return { message: "The name of the API server cannot be resolved." };
    case "refused":
      return { message: "The API server refuses connections." };
    default:
      return { message: "The API server cannot be reached." };
  }
}
