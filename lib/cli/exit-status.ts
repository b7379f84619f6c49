import type { AppErrorCode } from "../model/app-error.ts";

/** 0 good; 1 a "no" or a finding at or above the threshold; 2 bad usage or unreadable input; 3 cluster not reachable. */
export const EXIT = { good: 0, no: 1, badInput: 2, unreachable: 3 } as const;

const UNREACHABLE: ReadonlySet<AppErrorCode> = new Set([
  "cluster_unreachable",
  "cluster_unauthorized",
  "cluster_forbidden",
  "cluster_bad_response",
  "cluster_timeout",
  "address_blocked",
  "credential_missing",
]);

/** Exit status of an expected failure. */
export function exitStatusOf(code: AppErrorCode): number {
  return UNREACHABLE.has(code) ? EXIT.unreachable : EXIT.badInput;
}
