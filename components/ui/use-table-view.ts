"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import type { Density } from "./data-table-column.ts";

const DENSITIES = ["regular", "compact"] as const satisfies readonly Density[];
const NOTHING_HIDDEN: string[] = [];

/** How the tables of a page are drawn; in the URL like everything else. */
export function useTableView() {
  const [density, setDensity] = useQueryState("rows", parseAsStringLiteral(DENSITIES).withDefault("regular"));
  const [hiddenColumns, setHiddenColumns] = useQueryState(
    "hide",
    parseAsArrayOf(parseAsString).withDefault(NOTHING_HIDDEN),
  );
  return {
    density,
    hiddenColumns,
    onDensity: (next: Density) => void setDensity(next),
    onHiddenColumns: (next: string[]) => void setHiddenColumns(next),
  };
}
