import type { ReactNode } from "react";

/**
 * How a column shows on a phone, where each row becomes a block: as its head line, as "label value", as the value alone, or
 * not at all.
 */
export type PhonePlace = "head" | "pair" | "bare" | "hidden";
export type ColumnAlign = "start" | "end" | "center";

export type DataTableColumn<TRow> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: TRow) => ReactNode;
  /** The server can sort by it. */
  readonly sortable?: boolean;
  /** The order of the first click; `desc` when absent, so that the most comes first. */
  readonly firstOrder?: "asc" | "desc";
  readonly align?: ColumnAlign;
  /** Width classes of the column. */
  readonly className?: string;
  readonly phone?: PhonePlace;
  /** False: always shown, not in the column chooser. */
  readonly hideable?: boolean;
};

export type TableSort = { readonly id: string; readonly order: "asc" | "desc" };
export type Density = "regular" | "compact";

/** The classes that align a column's head and cells alike. */
export function alignClass(align: ColumnAlign = "start"): string {
  if (align === "end") return "text-right tabular-nums";
  return align === "center" ? "text-center" : "text-left";
}
