import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export function FleetSkeleton() {
  return (
    <>
      <h1 className="sr-only">Clusters are being loaded</h1>
      <Skeleton className="mb-2.5 h-5 w-96 max-w-full" />
      <Skeleton className="mb-6 h-3.5 w-64" />
      <div className="rounded-r3 border border-line bg-surface">
        <SkeletonRows rows={6} label="Loading clusters" />
      </div>
    </>
  );
}
