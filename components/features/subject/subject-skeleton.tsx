import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export function SubjectSkeleton() {
  return (
    <>
      <h1 className="sr-only">The subject is being loaded</h1>
      <Skeleton className="mb-3 h-3 w-44" />
      <Skeleton className="mb-2.5 h-5 w-72 max-w-full" />
      <Skeleton className="mb-6 h-3.5 w-[34rem] max-w-full" />
      <div className="mb-3.5 rounded-r3 border border-line bg-surface">
        <SkeletonRows rows={5} label="Loading what it can do" />
      </div>
      <div className="rounded-r3 border border-line bg-surface">
        <SkeletonRows rows={8} label="Loading its permissions" />
      </div>
    </>
  );
}
