import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export default function SettingsLoading() {
  return (
    <>
      <h1 className="sr-only">The settings are being loaded</h1>
      <Skeleton className="mb-2.5 h-5 w-80 max-w-full" />
      <Skeleton className="mb-6 h-3.5 w-96 max-w-full" />
      <div className="rounded-r3 border border-line bg-surface">
        <SkeletonRows rows={4} label="Loading the settings" />
      </div>
    </>
  );
}
