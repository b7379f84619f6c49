"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { isFinished } from "#lib/client/queries/jobs.ts";
import { pathCheckQuery, startPathCheck, type PathCheckKey } from "#lib/client/queries/path-checks.ts";
import { useJob } from "#lib/client/use-job.ts";
import type { SubjectPaths } from "#lib/contracts/paths.ts";
import { answersOf } from "#components/ui/paths/check-words.ts";

/** Which shown path, of which answer. */
export type ShownPath = {
  readonly clusterId: string;
  readonly subjectId: string;
  readonly data: Pick<SubjectPaths, "target" | "liveCheck">;
  /** Counted from 0. */
  readonly position: number;
};

export type PathCheck = ReturnType<typeof usePathCheck>;

/** The check of one shown path on the live cluster: its job, its answers by question, and how to ask for it. */
export function usePathCheck({ clusterId, subjectId, data, position }: ShownPath) {
  const client = useQueryClient();
  const to = data.target?.id ?? "";
  const { scanId, impossible } = data.liveCheck;
  const key = useMemo(
    (): PathCheckKey => ({ clusterId, subject: subjectId, to, path: position, scanId }),
    [clusterId, subjectId, to, position, scanId],
  );
  const query = useMemo(() => pathCheckQuery(key), [key]);
  const { data: kept = null } = useQuery(query);
  const job = useJob(kept);
  const request = useMutation({
    mutationFn: () => startPathCheck(key),
    onSuccess: (started) => client.setQueryData(query.queryKey, started),
  });
  // The finished job replaces the one that was started: the entry of the job itself does not stay in the cache as long.
  const finished = job !== null && job !== kept && isFinished(job) ? job : null;
  useEffect(() => {
    if (finished) client.setQueryData(query.queryKey, finished);
  }, [client, finished, query]);
  const result = job?.accessCheck ?? null;
  return {
    impossible,
    running: request.isPending || (job !== null && !isFinished(job)),
    job,
    result,
    answers: useMemo(() => answersOf(result), [result]),
    error: request.error,
    start: () => request.mutate(),
  };
}
