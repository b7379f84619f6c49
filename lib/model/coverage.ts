import type { Topic } from "./topics.ts";

/**
 * How completely one kind was read.
 * - `complete`: every object of one consistent list
 * - `partial`: some objects, or pages from different moments (`reason` says which)
 * - `forbidden`: the credential may not list it
 * - `absent`: the cluster does not serve the kind (not a gap)
 * - `unavailable`: the server could not answer (503, time-out, broken response)
 * - `stale`: taken over from an earlier scan
 */
export type CoverageState = "complete" | "partial" | "forbidden" | "absent" | "unavailable" | "stale";

/** Closed list of reasons; the sentence for people is made where it is shown. */
export type CoverageReason =
  | "skew"
  | "page-limit"
  | "byte-limit"
  | "object-limit"
  | "object-too-large"
  | "deadline"
  | "forbidden"
  | "unauthorized"
  | "not-served"
  | "server-error"
  | "rate-limited"
  | "timeout"
  | "connection"
  | "bad-response"
  | "redirect"
  | "endless-list"
  | "invalid-objects"
  | "not-in-input";

/** One kind, cluster-wide or in one namespace. */
export interface CoverageEntry {
  readonly group: string;
  /** Plural resource name, e.g. `rolebindings`. */
  readonly resource: string;
  readonly kind: string;
  /** Absent when the kind was listed across all namespaces or is cluster-scoped. */
  readonly namespace?: string;
  readonly state: CoverageState;
  readonly reason?: CoverageReason;
  /** HTTP status or a short classed hint; never text of the server. */
  readonly detail?: string;
  readonly objects: number;
  readonly resourceVersion?: string;
  readonly readAt?: string;
}

/** A fact that could not be read, as it is attached to an `unknown` verdict. */
export interface Gap {
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly state: Exclude<CoverageState, "complete" | "absent">;
  readonly reason?: CoverageReason;
}

/** Completeness of one topic: how many of the kinds it needs were read, and what is missing. */
export interface TopicCompleteness {
  readonly topic: Topic;
  readonly kindsRead: number;
  readonly kindsNeeded: number;
  readonly gaps: readonly Gap[];
}
