import { Skeleton } from "#components/ui/skeleton.tsx";

/** Keeps the place of the risks, their chains and the tiles. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the cluster">
      <h1 className="sr-only">The cluster is being loaded</h1>
      <Skeleton className="mb-2.5 h-5 w-[26rem] max-w-full" />
      <Skeleton className="mb-6 h-3.5 w-80 max-w-full" />
      <div className="mb-3.5 rounded-r3 border border-line bg-surface">
        <div className="flex h-11 items-center border-b border-line px-3.5">
          <Skeleton className="h-3 w-20" />
        </div>
        {["w-1/2", "w-2/3", "w-2/5"].map((width) => (
          <div key={width} className="border-b border-line p-3.5 last:border-b-0">
            <Skeleton className={`mb-3 h-3.5 ${width}`} />
            <div className="flex divide-line rounded-r2 border border-line max-md:flex-col max-md:divide-y md:divide-x">
              {[0, 1, 2, 3].map((hop) => (
                <div key={hop} className="flex h-[62px] flex-1 flex-col justify-center gap-2 px-3">
                  <Skeleton className="h-2 w-12" />
                  <Skeleton className="h-3 w-2/3" />
                </div>
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className="grid grid-cols-1 gap-3.5 md:grid-cols-2 xl:grid-cols-3">
        {[0, 1, 2].map((tile) => (
          <div key={tile} className="flex h-32 flex-col rounded-r3 border border-line bg-surface p-3.5">
            <Skeleton className="mb-3 h-2.5 w-16" />
            <Skeleton className="h-3.5 w-3/4" />
            <Skeleton className="mt-auto h-1.5 w-full rounded-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
