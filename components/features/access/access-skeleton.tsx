import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export function AccessSkeleton() {
  return (
    <>
      <h1 className="sr-only">Access is being loaded</h1>
      <Skeleton className="mb-2.5 h-5 w-96 max-w-full" />
      <Skeleton className="mb-5 h-3.5 w-72 max-w-full" />
      <div className="mb-3.5 flex h-9 items-center gap-5 border-b border-line">
        {["w-16", "w-16", "w-14", "w-12", "w-16"].map((width, index) => (
          <Skeleton key={index} className={`h-3 ${width}`} />
        ))}
      </div>
      <div className="rounded-r3 border border-line bg-surface">
        <SkeletonRows rows={12} label="Loading access" />
      </div>
    </>
  );
}
