import { queryOptions, skipToken } from "@tanstack/react-query";
import type { CheckPath } from "../../contracts/access-check.ts";
import { jobSchema, type Job } from "../../contracts/jobs.ts";
import { fetchJson } from "../fetch-json.ts";
import { clusterPath } from "./clusters.ts";

/** Which check: of a path of a subject, as it was shown from one scan. */
export type PathCheckKey = CheckPath & { readonly clusterId: string; readonly subject: string };

/** The job of the last check of a path in this browser, so that its marks outlive leaving the page. Not part of any scan. */
export function pathCheckQuery(key: PathCheckKey) {
  return queryOptions<Job>({
    queryKey: ["path-checks", key],
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** Asks for a check. */
export function startPathCheck({ clusterId, subject, ...body }: PathCheckKey) {
  const path = `${clusterPath(clusterId)}/access/subjects/${encodeURIComponent(subject)}/paths/check`;
  return fetchJson(jobSchema, path, { method: "POST", body });
}
