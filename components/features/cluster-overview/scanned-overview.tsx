"use client";

import Link from "next/link";
import { ScanButton } from "#components/ui/scan-button.tsx";
import { plural } from "#components/ui/plural.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useScanRefresh } from "#components/ui/use-scan-refresh.ts";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterOverview } from "#lib/contracts/clusters.ts";
import { ClusterNotices } from "./cluster-notices.tsx";
import { CoverageCard } from "./coverage-card.tsx";
import { ScansCard } from "./scans-card.tsx";
import { TopRisksCard } from "./top-risks-card.tsx";
import { TopicTile } from "./topic-tile.tsx";
import { TopicsToCome } from "./topics-to-come.tsx";

export function ScannedOverview({ overview }: { readonly overview: ClusterOverview }) {
  const { cluster } = overview;
  const job = useScanRefresh(cluster.activeJob);
  return (
    <>
      <VerdictHeader
        title={<VisibleText text={overview.sentence} />}
        context={<OverviewContext overview={overview} />}
        actions={<ScanButton clusterId={cluster.id} scanning={job?.kind === "scan"} />}
      />
      <ClusterNotices cluster={cluster} job={job} />
      <TopRisksCard overview={overview} />
      <section aria-label="Topics" className="my-3.5 grid grid-cols-1 gap-3.5 md:grid-cols-2 xl:grid-cols-3">
        {cluster.topics
          .filter((state) => state.mark !== "not-built")
          .map((state) => (
            <TopicTile key={state.topic} clusterId={cluster.id} state={state} />
          ))}
        <TopicsToCome topics={cluster.topics.filter((state) => state.mark === "not-built")} />
      </section>
      <div className="grid grid-cols-1 items-start gap-3.5 lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
        <CoverageCard overview={overview} />
        <ScansCard clusterId={cluster.id} />
      </div>
    </>
  );
}

function OverviewContext({ overview }: { readonly overview: ClusterOverview }) {
  const { cluster, facts, changes } = overview;
  return (
    <>
      <VisibleText text={cluster.name} /> · {plural(facts.namespaces, "namespace")}, {runningText(overview)},{" "}
      <Link href={`/clusters/${cluster.id}/access?kind=ServiceAccount`} className="text-link">
        {plural(facts.serviceAccounts, "service account")}
      </Link>
      {cluster.lastScan && (
        <>
          {", read "}
          <RelativeTime at={cluster.lastScan.collectedAt} ago />
        </>
      )}
      .{" "}
      {changes && (
        <>
          Since the scan <RelativeTime at={changes.comparedWith} ago />: {changes.added} new, {changes.fixed} fixed.
        </>
      )}
    </>
  );
}

/** What runs: "1,041 pods on 39 nodes". Manifests hold templates, and of what was not read there is no number. */
function runningText({ facts, coverage }: ClusterOverview): string {
  const wasRead = (resource: string) =>
    coverage.some((entry) => entry.group === "" && entry.resource === resource && entry.state === "complete");
  if (facts.pods === 0 && facts.workloads > 0) return `${plural(facts.workloads, "workload")} without pods`;
  if (facts.pods === 0 && !wasRead("pods")) return "pods not read";
  return `${plural(facts.pods, "pod")}${wasRead("nodes") ? ` on ${plural(facts.nodes, "node")}` : ""}`;
}
