import { OverviewSkeleton } from "#components/features/cluster-overview/overview-skeleton.tsx";

export default function ClusterOverviewLoading() {
  return <OverviewSkeleton />;
}
