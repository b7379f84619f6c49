"use client";

import {
  columnVisibilityFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from "@tanstack/react-table";
import { useMemo } from "react";
import { cx } from "./cx.ts";
import { DataRow } from "./data-row.tsx";
import { alignClass, type DataTableColumn, type Density, type TableSort } from "./data-table-column.ts";
import { SortHeader } from "./sort-header.tsx";
import { useRowKeys } from "./use-row-keys.ts";

export type DataTableProps<TRow> = {
  /** What the table lists; its accessible name. */
  readonly label: string;
  readonly columns: readonly DataTableColumn<TRow>[];
  readonly rows: readonly TRow[];
  readonly rowId: (row: TRow) => string;
  /** Name of a row in words, for its open button. */
  readonly rowLabel: (row: TRow) => string;
  readonly onOpen?: (row: TRow) => void;
  /** Each row carries a link of its own that does what `onOpen` does, so no open button is added. */
  readonly linkRows?: boolean;
  readonly selectedId?: string | null;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly hiddenColumns?: readonly string[];
  readonly density?: Density;
  /** Newer rows are on their way: the old ones stay, faded. */
  readonly stale?: boolean;
};

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });

/**
 * A table whose rows the server filtered, sorted and cut. `j` and `k` walk over the rows, Enter or a click opens one. On a
 * phone each row is a block of its own; roles are spelled out because CSS takes the table layout away there.
 */
export function DataTable<TRow extends object>({
  label,
  columns,
  rows,
  rowId,
  rowLabel,
  onOpen,
  linkRows = false,
  selectedId = null,
  sort,
  onSort,
  hiddenColumns = [],
  density = "regular",
  stale = false,
}: DataTableProps<TRow>) {
  const keysRef = useRowKeys();
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state: {
      columnVisibility: Object.fromEntries(hiddenColumns.map((id) => [id, false])),
      sorting: sort ? [{ id: sort.id, desc: sort.order === "desc" }] : [],
    },
  });
  const shown = columns.filter((column) => table.getColumn(column.id)?.getIsVisible() !== false);
  const withButton = onOpen !== undefined && !linkRows;
  return (
    <div className="relative md:overflow-x-auto xl:overflow-visible">
      <table
        ref={keysRef}
        role="table"
        aria-label={label}
        aria-busy={stale || undefined}
        data-row-keys=""
        className={cx("w-full border-collapse transition-opacity max-md:block", stale && "opacity-55")}
      >
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row">
            {shown.map((column) => (
              <SortHeader
                key={column.id}
                column={column}
                sort={sort}
                onSort={onSort}
                className={cx(column.className, alignClass(column.align))}
              />
            ))}
            {withButton && (
              <th
                role="columnheader"
                scope="col"
                className="top-12 z-10 w-9 rounded-tr-r3 bg-surface shadow-[inset_0_-1px_0_var(--line)] xl:sticky"
              >
                <span className="sr-only">Open</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {table.getRowModel().rows.map((row) => (
            <DataRow
              key={row.id}
              row={row.original}
              columns={shown}
              label={rowLabel(row.original)}
              selected={row.id === selectedId}
              density={density}
              onOpen={onOpen}
              withButton={withButton}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toDefinition<TRow extends object>(column: DataTableColumn<TRow>): ColumnDef<typeof features, TRow> {
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row) => row,
    enableSorting: column.sortable === true,
    enableHiding: column.hideable !== false,
  };
}
