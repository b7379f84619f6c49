"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileSearch, RefreshCw } from "lucide-react";
import { useEffect } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { refreshSources, sourceKeys, sourcesQuery } from "#lib/client/queries/clusters.ts";
import { isFinished } from "#lib/client/queries/jobs.ts";
import { useJob } from "#lib/client/use-job.ts";
import type { Sources } from "#lib/contracts/clusters.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { useAddCluster } from "./use-add-cluster.ts";

/** The contexts of the kubeconfig that the operator gave the worker. */
export function ContextSource({ onAdded }: { readonly onAdded: (clusterId: string) => void }) {
  const { data, error, refetch } = useQuery(sourcesQuery());
  if (!data && error) return <QueryError error={error} what="The contexts" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} label="Loading contexts" />;
  return (
    <div className="flex flex-col gap-3">
      {data.problem !== null && <Callout tone="high" title={<VisibleText text={data.problem} />} />}
      {data.contexts.length === 0 ? (
        <EmptyState icon={<FileSearch aria-hidden="true" />} title="The worker found no kubeconfig context">
          It reads the file named by <code className="font-mono">KUBECONFIG</code> or{" "}
          <code className="font-mono">~/.kube/config</code> where it runs. Paste a kubeconfig instead, or mount one.
        </EmptyState>
      ) : (
        <ContextList sources={data} onAdded={onAdded} />
      )}
      <LookAgain sources={data} />
    </div>
  );
}

function ContextList({
  sources,
  onAdded,
}: {
  readonly sources: Sources;
  readonly onAdded: (clusterId: string) => void;
}) {
  const add = useAddCluster(onAdded);
  return (
    <>
      <ul className="divide-y divide-line rounded-r2 border border-line">
        {sources.contexts.map((context) => (
          <li key={context.name} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
            <div className="min-w-0 flex-1 basis-56">
              <div className="font-mono text-[0.78125rem] font-medium [overflow-wrap:anywhere]">
                <VisibleText text={context.name} />
              </div>
              <div className="text-sm [overflow-wrap:anywhere] text-ink-3">
                <VisibleText text={context.server} /> as <VisibleText text={context.user} /> ({context.authKind})
              </div>
            </div>
            {context.added ? (
              <Badge tone="pass">added</Badge>
            ) : (
              <Button
                busy={
                  add.isPending &&
                  add.variables?.type === "kubeconfig-context" &&
                  add.variables.context === context.name
                }
                aria-label={`Add ${toVisibleText(context.name)}`}
                onClick={() =>
                  add.mutate({ type: "kubeconfig-context", name: context.name.slice(0, 100), context: context.name })
                }
              >
                Add
              </Button>
            )}
          </li>
        ))}
      </ul>
      {add.error && <InlineError error={add.error} />}
    </>
  );
}

function LookAgain({ sources }: { readonly sources: Sources }) {
  const client = useQueryClient();
  const refresh = useMutation({ mutationFn: refreshSources });
  const job = useJob(refresh.data ?? null);
  const looking = refresh.isPending || (job !== null && !isFinished(job));
  const finished = job !== null && isFinished(job);
  useEffect(() => {
    if (finished) void client.invalidateQueries({ queryKey: sourceKeys.all });
  }, [client, finished]);
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm text-ink-3">
      <Button
        variant="quiet"
        size="sm"
        busy={looking}
        icon={<RefreshCw aria-hidden="true" />}
        onClick={() => refresh.mutate()}
      >
        Look again
      </Button>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {sources.refreshedAt === null ? (
          "The worker has not looked yet."
        ) : (
          <>
            Read <RelativeTime at={sources.refreshedAt} ago />
            {sources.kubeconfigFiles.length > 0 && (
              <>
                {" from "}
                <VisibleText text={sources.kubeconfigFiles.join(", ")} />
              </>
            )}
          </>
        )}
      </span>
      {refresh.error && <InlineError error={refresh.error} />}
    </div>
  );
}
