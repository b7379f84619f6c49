"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { JobProgress } from "#components/ui/job-progress.tsx";
import { SidePanel } from "#components/ui/side-panel.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { fleetQuery, startTest } from "#lib/client/queries/clusters.ts";
import { isFinished } from "#lib/client/queries/jobs.ts";
import { useJob } from "#lib/client/use-job.ts";
import type { Job } from "#lib/contracts/jobs.ts";
import { PreflightReport } from "./preflight-report.tsx";

export type TestPanelProps = { readonly clusterId: string | null; readonly onClose: () => void };

/** Tests one cluster's connection: who Kordon is there, and what it may read, topic by topic. */
export function TestPanel({ clusterId, onClose }: TestPanelProps) {
  const { data } = useQuery(fleetQuery());
  const cluster = data?.clusters.find((candidate) => candidate.id === clusterId);
  return (
    <SidePanel
      open={clusterId !== null}
      onClose={onClose}
      kicker="Connection of"
      title={<VisibleText text={cluster?.name ?? clusterId ?? ""} />}
    >
      {clusterId !== null && <ConnectionTest key={clusterId} clusterId={clusterId} />}
    </SidePanel>
  );
}

function ConnectionTest({ clusterId }: { readonly clusterId: string }) {
  const test = useMutation({ mutationFn: () => startTest(clusterId) });
  const job = useJob(test.data ?? null);
  const running = test.isPending || (job !== null && !isFinished(job));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <Button
          variant={job ? "default" : "primary"}
          busy={running}
          icon={<PlugZap aria-hidden="true" />}
          onClick={() => test.mutate()}
        >
          {job ? "Test again" : "Test now"}
        </Button>
        {!job && !test.isPending && (
          <span className="text-sm text-ink-3">Reads the version and asks what it may list.</span>
        )}
      </div>
      {test.error && <InlineError error={test.error} />}
      {job && !isFinished(job) && <JobProgress job={job} />}
      {job && <Outcome job={job} />}
    </div>
  );
}

function Outcome({ job }: { readonly job: Job }) {
  if (job.error) {
    return (
      <Callout tone="critical" live title={<VisibleText text={job.error.message} />}>
        {job.error.hint && <VisibleText text={job.error.hint} />}
        <code className="block font-mono text-sm">{job.error.code}</code>
      </Callout>
    );
  }
  if (job.state === "interrupted")
    return <Callout tone="unknown" live title="The test was interrupted before it had an answer" />;
  return job.preflight ? <PreflightReport preflight={job.preflight} /> : null;
}
