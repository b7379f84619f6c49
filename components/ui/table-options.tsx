"use client";

import { SlidersHorizontal } from "lucide-react";
import { IconButton } from "./icon-button.tsx";
import type { DataTableColumn, Density } from "./data-table-column.ts";
import { Menu, MenuChoice, MenuSeparator, MenuToggle } from "./menu.tsx";

export type TableOptionsProps<TRow> = {
  readonly columns: readonly DataTableColumn<TRow>[];
  readonly hiddenColumns: readonly string[];
  readonly onHiddenColumns: (hidden: string[]) => void;
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
};

const DENSITIES = [
  { value: "regular", label: "Regular rows" },
  { value: "compact", label: "Compact rows" },
] as const;

/** Which columns a table shows and how tall its rows are. */
export function TableOptions<TRow>({
  columns,
  hiddenColumns,
  onHiddenColumns,
  density,
  onDensity,
}: TableOptionsProps<TRow>) {
  return (
    <Menu
      trigger={
        <IconButton label="Columns and density" className="max-md:hidden">
          <SlidersHorizontal />
        </IconButton>
      }
    >
      <MenuChoice label="Density" value={density} onValueChange={onDensity} options={DENSITIES} />
      <MenuSeparator />
      {columns
        .filter((column) => column.hideable !== false)
        .map((column) => (
          <MenuToggle
            key={column.id}
            checked={!hiddenColumns.includes(column.id)}
            onCheckedChange={(shown) =>
              onHiddenColumns(shown ? hiddenColumns.filter((id) => id !== column.id) : [...hiddenColumns, column.id])
            }
          >
            {column.header}
          </MenuToggle>
        ))}
    </Menu>
  );
}
