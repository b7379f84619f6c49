import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "./icon-button.tsx";

export type PaginationProps = {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
  /** What is counted, plural. */
  readonly noun: string;
};

/** Which part of a list is shown, and the way to the others. */
export function Pagination({ page, pageSize, total, onPage, noun }: PaginationProps) {
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const to = Math.min(total, page * pageSize);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <nav
      aria-label={`Pages of ${noun}`}
      className="flex min-h-11 items-center gap-2 border-t border-line px-3.5 text-sm text-ink-2"
    >
      <span className="tabular-nums" aria-live="polite">
        {from.toLocaleString("en")}–{to.toLocaleString("en")} of {total.toLocaleString("en")} {noun}
      </span>
      <span className="ml-auto flex items-center gap-1" data-print="hide">
        <IconButton
          label="Previous page"
          disabled={page <= 1}
          className="disabled:opacity-40"
          onClick={() => onPage(page - 1)}
        >
          <ChevronLeft />
        </IconButton>
        <span className="tabular-nums">
          {page} / {pages}
        </span>
        <IconButton
          label="Next page"
          disabled={page >= pages}
          className="disabled:opacity-40"
          onClick={() => onPage(page + 1)}
        >
          <ChevronRight />
        </IconButton>
      </span>
    </nav>
  );
}
