import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import type { ClusterOption, NavItem, NavSection } from "#components/layout/navigation.ts";
import { markLevel } from "#components/ui/mark-level.ts";

/** The rail: the fleet, the pages of the cluster at hand, the settings. Counts are what is critical or high. */
export function navigationSections(
  clusters: readonly ClusterSummary[],
  currentId: string | null,
): readonly NavSection[] {
  const fleet: NavItem = { icon: "clusters", label: "Clusters", href: "/", count: clusters.length };
  const settings: NavItem = { icon: "settings", label: "Settings", href: "/settings", deep: true };
  if (currentId === null)
    return [
      { id: "main", items: [fleet] },
      { id: "settings", items: [settings] },
    ];
  const home = `/clusters/${currentId}`;
  const current = clusters.find((cluster) => cluster.id === currentId);
  return [
    { id: "main", items: [fleet] },
    {
      id: "cluster",
      items: [
        { icon: "overview", label: "Overview", href: home },
        { icon: "access", label: "Access", href: `${home}/access`, count: urgentCount(current, "access"), deep: true },
      ],
    },
    { id: "settings", items: [settings] },
  ];
}

export function clusterOption(cluster: ClusterSummary): ClusterOption {
  return {
    id: cluster.id,
    name: cluster.name,
    version: cluster.version,
    level: markLevel(cluster.worst),
    lastScanAt: cluster.lastScan?.collectedAt ?? null,
  };
}

function urgentCount(cluster: ClusterSummary | undefined, topic: string): number {
  const counts = cluster?.topics.find((state) => state.topic === topic)?.counts ?? [];
  return counts.filter(({ mark }) => mark === "critical" || mark === "high").reduce((sum, { count }) => sum + count, 0);
}
