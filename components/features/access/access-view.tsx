"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { QueryError } from "#components/ui/query-error.tsx";
import { useScanRefresh } from "#components/ui/use-scan-refresh.ts";
import { clusterQuery } from "#lib/client/queries/clusters.ts";
import { AccessSkeleton } from "./access-skeleton.tsx";
import { ACCESS_TABS } from "./access-tabs.tsx";
import { BindingsTab } from "./bindings-tab.tsx";
import { NoScanYet } from "./no-scan-yet.tsx";
import { OverviewTab } from "./overview/overview-tab.tsx";
import { RolesTab } from "./roles-tab.tsx";
import { SubjectsTab } from "./subjects-tab.tsx";
import { WhatIfTab } from "./what-if/what-if-tab.tsx";
import { WhoCanTab } from "./who-can-tab.tsx";

export function AccessView({ clusterId }: { readonly clusterId: string }) {
  const [tab] = useQueryState("tab", parseAsStringLiteral(ACCESS_TABS).withDefault("subjects"));
  const { data, error, refetch } = useQuery(clusterQuery(clusterId));
  const cluster = data?.type === "scanned" ? data.overview.cluster : data?.cluster;
  useScanRefresh(cluster?.activeJob ?? null);
  if (!data && error) return <QueryError error={error} what="This cluster" onRetry={() => void refetch()} wholePage />;
  if (!data) return <AccessSkeleton />;
  if (data.type === "unscanned") return <NoScanYet cluster={data.cluster} />;
  switch (tab) {
    case "overview":
      return <OverviewTab clusterId={clusterId} />;
    case "subjects":
      return <SubjectsTab clusterId={clusterId} />;
    case "who-can":
      return <WhoCanTab clusterId={clusterId} />;
    case "roles":
      return <RolesTab clusterId={clusterId} />;
    case "bindings":
      return <BindingsTab clusterId={clusterId} />;
    case "what-if":
      return <WhatIfTab key={clusterId} clusterId={clusterId} />;
  }
}
