"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { subjectPathsQuery } from "#lib/client/queries/access.ts";
import type { SubjectDetail } from "#lib/contracts/access.ts";
import { BecomableCard } from "./becomable-card.tsx";
import { PathsSkeleton } from "./paths-skeleton.tsx";
import { goalText } from "#components/ui/paths/path-words.ts";
import { StopsCard } from "./stops-card.tsx";
import { TakeoverCard } from "./takeover-card.tsx";
import { usePathsState } from "./use-paths-state.ts";

export type PathsSectionProps = {
  readonly clusterId: string;
  readonly subjectId: string;
  readonly detail: SubjectDetail;
};

/** How a subject gets to a target step by step, what stops it, and who can become it. */
export function PathsSection({ clusterId, subjectId, detail }: PathsSectionProps) {
  const state = usePathsState();
  const { data, error, refetch, isPlaceholderData } = useQuery(subjectPathsQuery(clusterId, subjectId, state.query));
  if (error && (!data || isPlaceholderData))
    return (
      <Card title="How it takes over">
        <QueryError error={error} what="The paths" onRetry={() => void refetch()} />
        {state.query.to !== "" && (
          <p className="-mt-8 pb-10 text-center">
            <Button onClick={() => state.setTarget("")}>Show the worst that it reaches</Button>
          </p>
        )}
      </Card>
    );
  if (!data) return <PathsSkeleton />;
  const incomplete = detail.row.incomplete || detail.completeness.gaps.length > 0;
  const hasPaths = data.paths.length > 0 && data.target !== null;
  return (
    <div className="flex flex-col gap-3.5" aria-busy={isPlaceholderData}>
      <TakeoverCard
        clusterId={clusterId}
        subjectId={subjectId}
        data={data}
        state={state}
        incomplete={incomplete}
        completeness={detail.completeness}
      />
      <div className={hasPaths ? "grid grid-cols-1 items-start gap-3.5 lg:grid-cols-2" : undefined}>
        {hasPaths && data.target && (
          <StopsCard clusterId={clusterId} cut={data.cut} goal={goalText(data.target.place)} />
        )}
        <BecomableCard clusterId={clusterId} becomable={data.becomable} incomplete={incomplete} />
      </div>
    </div>
  );
}
