import { cx } from "./cx.ts";

/** A grey place-holder that keeps the layout while data is on its way; size comes from `className`. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={cx("block animate-pulse-slow rounded-r1 bg-line/70", className)} />;
}

export type SkeletonRowsProps = { readonly rows: number; readonly label: string };

/** Place-holder of a list or table: as many 38 px rows as will come, announced once. */
export function SkeletonRows({ rows, label }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-[38px] items-center gap-6 border-b border-line px-3.5 last:border-b-0">
          <Skeleton className="size-3 rounded-full" />
          <Skeleton className={cx("h-3", index % 3 === 0 ? "w-40" : index % 3 === 1 ? "w-56" : "w-32")} />
          <Skeleton className="ml-auto h-3 w-20 max-md:hidden" />
          <Skeleton className="h-3 w-12 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
