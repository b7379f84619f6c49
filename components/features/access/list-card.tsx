import type { ReactNode } from "react";

export type ListCardProps = {
  /** Fields that filter, at the left. */
  readonly filters: ReactNode;
  /** Filters as chips, in a row of their own. */
  readonly chips?: ReactNode;
  /** Completeness and table options at the right. */
  readonly tools: ReactNode;
  readonly children: ReactNode;
};

/** A filtered list: filters and tools in its head, rows and pages beneath. */
export function ListCard({ filters, chips, tools, children }: ListCardProps) {
  return (
    <div className="rounded-r3 border border-line bg-surface">
      <div data-print="hide" className="flex flex-col gap-2 border-b border-line px-3.5 py-2.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <div className="flex min-w-0 flex-wrap items-center gap-2 max-md:w-full">{filters}</div>
          <div className="ml-auto flex items-center gap-2">{tools}</div>
        </div>
        {chips && <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">{chips}</div>}
      </div>
      {children}
    </div>
  );
}
