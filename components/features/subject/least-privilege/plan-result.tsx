"use client";

import { useQuery } from "@tanstack/react-query";
import { Meter } from "#components/ui/meter.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { leastPrivilegeQuery } from "#lib/client/queries/access.ts";
import type { LeastPrivilege, LeastPrivilegeBody } from "#lib/contracts/least-privilege.ts";
import type { Subject } from "#lib/model/access.ts";
import { GrantUses } from "./grant-uses.tsx";
import { PlanNotes } from "./plan-notes.tsx";
import { PlannedRoles } from "./planned-roles.tsx";
import { SeenRequests } from "./seen-requests.tsx";
import { usePlanOptions } from "./use-plan-options.ts";

export type PlanResultProps = {
  readonly clusterId: string;
  readonly subjectId: string;
  readonly holder: Subject;
  readonly log: { readonly id: string; readonly used: Omit<LeastPrivilegeBody, "names" | "scope"> };
};

/** What a subject uses of what it holds, roles for just that, and what the log cannot tell. */
export function PlanResult({ clusterId, subjectId, holder, log }: PlanResultProps) {
  const state = usePlanOptions();
  const { data, error, refetch, isPlaceholderData } = useQuery(
    leastPrivilegeQuery(clusterId, subjectId, log, state.options),
  );
  if (error) return <QueryError error={error} what="The answer" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={5} label="Loading what it uses" />;
  return (
    <div aria-busy={isPlaceholderData}>
      <Summary data={data} />
      <PlanNotes notes={data.notes} />
      <PlannedRoles data={data} state={state} stale={isPlaceholderData} />
      <GrantUses clusterId={clusterId} holder={holder} data={data} use={state.use} onUse={state.setUse} />
      <SeenRequests data={data} />
    </div>
  );
}

function Summary({ data: { sentence, rights } }: { readonly data: LeastPrivilege }) {
  const unused = rights.held === null ? 0 : rights.held - rights.used;
  return (
    <div className="flex flex-col gap-2 px-3.5 pt-3.5">
      <p className="text-md font-medium [overflow-wrap:anywhere]">
        <VisibleText text={sentence} />
      </p>
      {rights.held !== null && rights.held > 0 && (
        <Meter
          label="Rights"
          segments={[
            { level: "info", count: rights.used, label: "used" },
            { level: "none", count: unused, label: "not used" },
          ]}
        />
      )}
      <p className="text-sm text-ink-3">
        A right is one verb on one kind of resource, wherever it holds. What Kubernetes gives everybody does not count.
      </p>
    </div>
  );
}
