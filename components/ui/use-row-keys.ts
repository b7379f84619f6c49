"use client";

import { useEffect, useRef, type RefObject } from "react";
import { isTyping } from "./is-typing.ts";

const TABLE = "table[data-row-keys]";
const ROW = "tr[data-row]";

/**
 * Lets `j` and `k` (and the arrows, once a row has the focus) walk over the rows of a table and Enter open one; while the
 * panel is open it follows. With several tables on a page the keys belong to the one that has the focus, else to the first.
 */
export function useRowKeys(): RefObject<HTMLTableElement | null> {
  const ref = useRef<HTMLTableElement | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const table = ref.current;
      if (!table || event.defaultPrevented || isTyping(event.target) || !ownsKeys(table, event)) return;
      const step = stepOf(event.key);
      if (event.key === "Enter" && document.activeElement?.matches(ROW)) openRow(document.activeElement);
      else if (step !== 0) walk(table, step);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return ref;
}

function ownsKeys(table: HTMLTableElement, event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey) return false;
  if (document.querySelector("[role=dialog]:not([data-side-panel]), [role=menu]")) return false;
  return (document.activeElement?.closest(TABLE) ?? document.querySelector(TABLE)) === table;
}

function stepOf(key: string): number {
  const onRow = document.activeElement?.matches(ROW) === true;
  if (key === "j" || (onRow && key === "ArrowDown")) return 1;
  return key === "k" || (onRow && key === "ArrowUp") ? -1 : 0;
}

function walk(table: HTMLTableElement, step: number): void {
  const rows = [...table.querySelectorAll<HTMLElement>(ROW)];
  const from =
    document.activeElement?.closest<HTMLElement>(ROW) ?? table.querySelector<HTMLElement>(`${ROW}[aria-current]`);
  const start = from ? rows.indexOf(from) + step : 0;
  const row = rows[Math.min(rows.length - 1, Math.max(0, start))];
  if (!row) return;
  row.focus();
  if (document.querySelector("[data-side-panel]")) openRow(row);
}

function openRow(row: Element): void {
  (row.querySelector<HTMLElement>("[data-row-open]") ?? row.querySelector<HTMLElement>("a"))?.click();
}
