import { ChevronRight } from "lucide-react";
import type { MouseEvent } from "react";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { cx } from "./cx.ts";
import { alignClass, type DataTableColumn, type Density } from "./data-table-column.ts";

export type DataRowProps<TRow> = {
  readonly row: TRow;
  /** Only the shown ones. */
  readonly columns: readonly DataTableColumn<TRow>[];
  readonly label: string;
  readonly selected: boolean;
  readonly density: Density;
  readonly onOpen: ((row: TRow) => void) | undefined;
  /** Adds the button that opens the row; without it the row carries a link of its own. */
  readonly withButton: boolean;
};

/** One row of a table; on a phone a block with the place of each column as the column says. */
export function DataRow<TRow>({ row, columns, label, selected, density, onOpen, withButton }: DataRowProps<TRow>) {
  const openFromClick = (event: MouseEvent<HTMLElement>) => {
    const control = event.target instanceof Element && event.target.closest("a, button, input, label, select");
    if (!control && window.getSelection()?.isCollapsed !== false) onOpen?.(row);
  };
  return (
    <tr
      role="row"
      tabIndex={-1}
      data-row=""
      aria-current={selected || undefined}
      onClick={onOpen && openFromClick}
      className={cx(
        "group/row border-b border-line outline-offset-[-2px] last:border-b-0",
        "max-md:relative max-md:flex max-md:flex-wrap max-md:gap-x-4 max-md:gap-y-1 max-md:px-3.5 max-md:py-2.5",
        withButton && "max-md:pr-11",
        selected ? "bg-accent-wash" : "hover:bg-hover",
      )}
    >
      {columns.map((column) => (
        <DataCell key={column.id} row={row} column={column} density={density} />
      ))}
      {withButton && onOpen && (
        <td role="cell" className="w-9 pr-2 text-right max-md:absolute max-md:top-1.5 max-md:right-1 max-md:p-0">
          <button
            type="button"
            data-row-open=""
            aria-label={`Open ${toVisibleText(label)}`}
            aria-expanded={selected}
            onClick={() => onOpen(row)}
            className="inline-flex size-7 items-center justify-center rounded-r2 text-ink-3 hover:text-ink max-md:size-9"
          >
            <ChevronRight className="size-[15px]" aria-hidden="true" />
          </button>
        </td>
      )}
    </tr>
  );
}

type DataCellProps<TRow> = { readonly row: TRow; readonly column: DataTableColumn<TRow>; readonly density: Density };

function DataCell<TRow>({ row, column, density }: DataCellProps<TRow>) {
  const phone = column.phone ?? "pair";
  return (
    <td
      role="cell"
      className={cx(
        "px-3 first:pl-3.5",
        density === "compact" ? "h-[30px] py-0.5" : "h-[38px] py-1",
        alignClass(column.align),
        column.className,
        "max-md:h-auto max-md:w-auto max-md:max-w-full max-md:min-w-0 max-md:p-0 max-md:text-left max-md:first:pl-0",
        phone === "head" && "max-md:basis-full",
        phone === "pair" && "max-md:flex max-md:items-center max-md:gap-1.5",
        phone === "hidden" && "max-md:hidden",
      )}
    >
      {phone === "pair" && (
        <span aria-hidden="true" className="shrink-0 text-sm text-ink-3 md:hidden">
          {column.header}
        </span>
      )}
      {column.cell(row)}
    </td>
  );
}
