import type { AppErrorCode } from "../model/app-error.ts";

/** The one table from expected failures to HTTP status. */
export const HTTP_STATUS: Readonly<Record<AppErrorCode, number>> = {
  invalid_input: 400,
  invalid_kubeconfig: 400,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  too_large: 413,
  unavailable: 503,
  cluster_unreachable: 502,
  cluster_unauthorized: 502,
  cluster_forbidden: 502,
  cluster_bad_response: 502,
  cluster_timeout: 504,
  address_blocked: 400,
  credential_missing: 409,
  cancelled: 499,
};
