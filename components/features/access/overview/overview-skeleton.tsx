import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-3.5">
      <div className="rounded-r3 border border-line bg-surface">
        <SkeletonRows rows={8} label="Loading the overview" />
      </div>
      <div className="grid grid-cols-1 gap-3.5 xl:grid-cols-2">
        {[0, 1, 2, 3].map((card) => (
          <div key={card} className="flex h-44 flex-col gap-3 rounded-r3 border border-line bg-surface p-3.5">
            <Skeleton className="h-3.5 w-40" />
            <Skeleton className="h-3 w-64 max-w-full" />
            <Skeleton className="h-3 w-52 max-w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
