import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "./cx.ts";
import type { DataTableColumn, TableSort } from "./data-table-column.ts";

type SortHeaderProps<TRow> = {
  readonly column: DataTableColumn<TRow>;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
  readonly className: string;
};

/** A column's head; a sortable one is a button that turns the order round. */
export function SortHeader<TRow>({ column, sort, onSort, className }: SortHeaderProps<TRow>) {
  const active = sort?.id === column.id;
  const sortable = column.sortable === true && onSort !== undefined;
  const next = active ? (sort.order === "desc" ? "asc" : "desc") : (column.firstOrder ?? "desc");
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={active ? (sort.order === "asc" ? "ascending" : "descending") : undefined}
      className={cx(
        "top-12 z-10 h-8 xl:sticky bg-surface shadow-[inset_0_-1px_0_var(--line)] px-3 text-sm font-medium whitespace-nowrap text-ink-3 first:rounded-tl-r3 first:pl-3.5 last:rounded-tr-r3",
        className,
      )}
    >
      {sortable ? (
        <button
          type="button"
          onClick={() => onSort({ id: column.id, order: next })}
          className={cx(
            "group/sort inline-flex min-h-6 items-center gap-1 rounded-r1 hover:text-ink",
            column.align === "end" && "flex-row-reverse",
            active && "text-ink",
          )}
        >
          {column.header}
          {active && sort.order === "asc" ? (
            <ArrowUp className="size-3" aria-hidden="true" />
          ) : (
            <ArrowDown
              className={cx(
                "size-3",
                !active && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60",
              )}
              aria-hidden="true"
            />
          )}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}
