"use client";

import { useQuery } from "@tanstack/react-query";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { subjectQuery } from "#lib/client/queries/access.ts";
import { ApiError } from "#lib/client/api-error.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { CapabilitiesCard } from "./capabilities-card.tsx";
import { GrantedByCard } from "./granted-by-card.tsx";
import { GroupsCard } from "./groups-card.tsx";
import { LeastPrivilegeCard } from "./least-privilege/least-privilege-card.tsx";
import { PathsSection } from "./paths/paths-section.tsx";
import { PermissionsCard } from "./permissions-card.tsx";
import { RunsCard } from "./runs-card.tsx";
import { SubjectHeader } from "./subject-header.tsx";
import { SubjectSkeleton } from "./subject-skeleton.tsx";

export type SubjectViewProps = { readonly clusterId: string; readonly subjectId: string };

export function SubjectView({ clusterId, subjectId }: SubjectViewProps) {
  const { data, error, refetch } = useQuery(subjectQuery(clusterId, subjectId));
  if (!data && error) {
    if (error instanceof ApiError && error.code === "conflict") {
      return (
        <EmptyState
          title={error.message}
          actions={<LinkButton href={`/clusters/${clusterId}`}>Go to the cluster</LinkButton>}
        />
      );
    }
    return <QueryError error={error} what="This subject" onRetry={() => void refetch()} wholePage />;
  }
  if (!data) return <SubjectSkeleton />;
  return (
    <>
      <SubjectHeader clusterId={clusterId} detail={data} />
      <nav
        aria-label="Parts of this page"
        className="mb-3.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-2"
        data-print="hide"
      >
        <a href="#paths" className="inline-flex min-h-6 items-center rounded-r1 hover:text-ink hover:underline">
          Paths
        </a>
        <PartLink href="#gains" count={data.capabilities.length}>
          Single rights
        </PartLink>
        <PartLink href="#permissions" count={data.permissionCount}>
          Permissions
        </PartLink>
        <a
          href="#least-privilege"
          className="inline-flex min-h-6 items-center rounded-r1 hover:text-ink hover:underline"
        >
          Least privilege
        </a>
        <PartLink href="#bindings" count={data.bindings.length}>
          Bindings
        </PartLink>
        {data.row.subject.kind === "ServiceAccount" && (
          <PartLink href="#runs" count={data.runs.pods > 0 ? data.runs.pods : data.runs.workloadCount}>
            {data.runs.pods > 0 ? "Pods" : "Workloads"}
          </PartLink>
        )}
        <span className="ml-auto flex items-center gap-1.5 text-ink-3 max-md:ml-0">
          <CoverageNote completeness={data.completeness} />
          <span>
            · RBAC as of <RelativeTime at={data.collectedAt} ago />
          </span>
        </span>
      </nav>
      <div className="flex flex-col gap-3.5">
        <div id="paths" className="scroll-mt-16">
          <PathsSection clusterId={clusterId} subjectId={subjectId} detail={data} />
        </div>
        <div id="gains" className="scroll-mt-16">
          <CapabilitiesCard clusterId={clusterId} detail={data} />
        </div>
        <div id="permissions" className="scroll-mt-16">
          <PermissionsCard clusterId={clusterId} subjectId={subjectId} detail={data} />
        </div>
        <div id="least-privilege" className="scroll-mt-16">
          <LeastPrivilegeCard clusterId={clusterId} subjectId={subjectId} detail={data} />
        </div>
        <div className="grid grid-cols-1 items-start gap-3.5 lg:grid-cols-2">
          <div id="bindings" className="min-w-0 scroll-mt-16">
            <GrantedByCard clusterId={clusterId} detail={data} />
          </div>
          <div id="runs" className="flex min-w-0 scroll-mt-16 flex-col gap-3.5">
            {data.row.subject.kind === "ServiceAccount" && (
              <RunsCard runs={data.runs} completeness={data.completeness} />
            )}
            {data.groups.length > 0 && <GroupsCard clusterId={clusterId} groups={data.groups} />}
          </div>
        </div>
      </div>
    </>
  );
}

function PartLink({
  href,
  count,
  children,
}: {
  readonly href: string;
  readonly count: number;
  readonly children: string;
}) {
  return (
    <a href={href} className="inline-flex min-h-6 items-center gap-1.5 rounded-r1 hover:text-ink hover:underline">
      {children}
      <span className="text-ink-3 tabular-nums">{count.toLocaleString("en")}</span>
    </a>
  );
}
