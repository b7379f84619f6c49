import type { AccessReview } from "#lib/model/access.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import type { Scan } from "../live/scan.ts";
import type { SelfIdentity } from "../live/self-review.ts";
import { isResourceRequest } from "#lib/model/access.ts";
import { RequestFailure } from "../live/failure.ts";
import { reviewIdentity } from "../live/self-review.ts";
import { InvalidObject, recordOf, textOf, type JsonRecord } from "../project/values.ts";
import { withScan } from "./with-scan.ts";

const API_VERSION = "authorization.k8s.io/v1";
const NOT_UNDERSTOOD = "the API server's answer was not understood";
const PATH = `/apis/${API_VERSION}/subjectaccessreviews`;

/** What the API server said to one question. `reason` completes "not known: …" and holds no text of the server. */
export type CheckOutcome =
  { readonly answer: "allowed" | "denied" } | { readonly answer: "unknown"; readonly reason: string };

export type AccessCheck =
  /** `outcomes` in the order of the questions. */
  | { readonly type: "answered"; readonly outcomes: readonly CheckOutcome[] }
  /** The credential may not ask. `identity` is who it is; null when the server does not say. */
  | { readonly type: "refused"; readonly identity: SelfIdentity | null };

export interface CheckAccessOptions {
  readonly signal?: AbortSignal;
  /** Called after each answer with how many there are. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Asks the API server what others may do, four questions at a time, with the retries and the deadline (a minute) of every short request. A
 * SubjectAccessReview is sent by POST, but nothing is stored: the answer is the whole effect. A question that fails leaves the others alone.
 * @throws AppError as `probeCluster`, when not even the first question is answered.
 */
export async function checkAccess(
  connection: ClusterConnection,
  reviews: readonly AccessReview[],
  { signal = new AbortController().signal, onProgress = () => undefined }: CheckAccessOptions = {},
): Promise<AccessCheck> {
  const [first, ...others] = reviews;
  if (!first) return { type: "answered", outcomes: [] };
  return withScan(connection, signal, async (scan) => {
    // Alone: what is wrong with the connection or the credential shows here, and costs one request.
    const outcome = await ask(scan, first).catch((error: unknown) => {
      if (error instanceof RequestFailure && error.reason === "forbidden") return null;
      throw error;
    });
    if (outcome === null) return { type: "refused", identity: await reviewIdentity(scan) };
    const outcomes: CheckOutcome[] = [outcome];
    let done = 1;
    onProgress(done);
    const queue = others.entries();
    const work = async (): Promise<void> => {
      for (const [index, review] of queue) {
        outcomes[index + 1] = await ask(scan, review).catch(unanswered);
        onProgress((done += 1));
      }
    };
    await Promise.all(Array.from({ length: scan.limits.parallel }, work));
    return { type: "answered", outcomes };
  });
}

async function ask(scan: Scan, { who, request }: AccessReview): Promise<CheckOutcome> {
  const spec = {
    ...(who.user === "" ? {} : { user: who.user }),
    groups: [...who.groups],
    ...(isResourceRequest(request)
      ? { resourceAttributes: resourceAttributes(request) }
      : { nonResourceAttributes: { verb: request.verb, path: request.path } }),
  };
  const review: JsonRecord = { apiVersion: API_VERSION, kind: "SubjectAccessReview", spec };
  return outcomeOf(recordOf((await scan.send({ path: PATH, review })).body, "status"));
}

function resourceAttributes({ apiGroup, ...attributes }: Extract<AccessReview["request"], { resource: string }>) {
  return { group: apiGroup, ...attributes };
}

/** Only a plain yes is one; a no beside an error of an authorizer proves nothing. */
function outcomeOf(status: JsonRecord): CheckOutcome {
  if (status.allowed === true) return { answer: "allowed" };
  if (textOf(status, "evaluationError") !== "")
    return { answer: "unknown", reason: "an authorizer of the API server could not decide" };
  if (status.allowed === false) return { answer: "denied" };
  return { answer: "unknown", reason: NOT_UNDERSTOOD };
}

/** A cancelled check has no result; any other failure costs its own question only. */
function unanswered(error: unknown): CheckOutcome {
  if (error instanceof InvalidObject) return { answer: "unknown", reason: NOT_UNDERSTOOD };
  if (!(error instanceof RequestFailure)) throw error;
  return { answer: "unknown", reason: reasonOf(error) };
}

function reasonOf({ reason, status }: RequestFailure): string {
  switch (reason) {
    case "forbidden":
      return "the API server refused this question (403)";
    case "unauthorized":
      return "the API server no longer takes the credential (401)";
    case "rate-limited":
      return "the API server is too busy (429)";
    case "server-error":
      return `the API server failed${status === undefined ? "" : ` (${status})`}`;
    case "timeout":
      return "the API server took too long to answer";
    case "deadline":
      return "the time for the whole check was over";
    case "connection":
      return "the connection was cut";
    default:
      return NOT_UNDERSTOOD;
  }
}
