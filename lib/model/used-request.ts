import type { AccessRequest } from "./access.ts";

/**
 * Where a used right comes from. - `request`: the request itself; `impersonation`: asked because somebody acted as another user;
 * `creation`: `create`, asked because a `patch` or `update` made an object; `upgrade`: `create` on exec, attach or portforward, which servers since
 * 1.35 ask for beside the `get` of a WebSocket.
 */
export const USE_ORIGINS = ["request", "impersonation", "creation", "upgrade"] as const;
export type UseOrigin = (typeof USE_ORIGINS)[number];

/** One distinct request of an audit log, as the authorizer saw it, and how often it came. */
export interface UsedRequest {
  readonly request: AccessRequest;
  readonly origin: UseOrigin;
  /** It stands for more names than were kept; the request's own name is then "". */
  readonly manyNames: boolean;
  /** Number of events by answer of the authorizer; `unknown`: the log does not hold it. */
  readonly allowed: number;
  readonly refused: number;
  readonly unknown: number;
  /** Milliseconds since 1970 of the last event; null when no event had a readable time. */
  readonly lastAt: number | null;
}
