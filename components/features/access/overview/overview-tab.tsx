"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "#components/ui/query-error.tsx";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { accessOverviewQuery } from "#lib/client/queries/access.ts";
import { AccessTabs } from "../access-tabs.tsx";
import { DangerousBindingsCard } from "./dangerous-bindings-card.tsx";
import { DefaultAccountsCard } from "./default-accounts-card.tsx";
import { LooseEndsCard } from "./loose-ends-card.tsx";
import { MassGrantsCard } from "./mass-grants-card.tsx";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { RoleOriginsCard } from "./role-origins-card.tsx";

/** What to change first in who may do what. */
export function OverviewTab({ clusterId }: { readonly clusterId: string }) {
  const { data, error, refetch } = useQuery(accessOverviewQuery(clusterId));
  return (
    <>
      <VerdictHeader
        title={data ? <VisibleText text={data.sentence} /> : "What to change first in this cluster's access"}
        context={data ? <VisibleText text={data.context} /> : "Being worked out"}
      />
      <AccessTabs clusterId={clusterId} current="overview" />
      {!data && error && (
        <div className="rounded-r3 border border-line bg-surface">
          <QueryError error={error} what="The overview" onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <OverviewSkeleton />}
      {data && (
        <div className="flex flex-col gap-3.5">
          <DangerousBindingsCard clusterId={clusterId} takeover={data.takeover} completeness={data.completeness} />
          <div className="grid grid-cols-1 items-start gap-3.5 xl:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-3.5">
              <MassGrantsCard clusterId={clusterId} {...data.massGrants} />
              <LooseEndsCard clusterId={clusterId} {...data.looseEnds} />
            </div>
            <div className="flex min-w-0 flex-col gap-3.5">
              <DefaultAccountsCard clusterId={clusterId} {...data.defaultAccounts} />
              <RoleOriginsCard clusterId={clusterId} {...data.origins} />
            </div>
          </div>
        </div>
      )}
    </>
  );
}
