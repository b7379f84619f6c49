"use client";

import Link from "next/link";
import { cx } from "./cx.ts";

export type LinkTab = { readonly href: string; readonly label: string; readonly current: boolean };

/** Views of one subject with an address each; the current one is marked. */
export function LinkTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly LinkTab[] }) {
  return (
    <nav aria-label={label} data-print="hide" className="mb-3.5 flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          ref={tab.current ? bringIntoView : undefined}
          href={tab.href}
          scroll={false}
          aria-current={tab.current ? "page" : undefined}
          className={cx(
            "-mb-px flex h-9 shrink-0 items-center border-b-2 outline-offset-[-2px] transition-colors",
            tab.current ? "border-ink font-medium text-ink" : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}

/** On a phone the tabs scroll sideways: the current one is seen. */
function bringIntoView(tab: HTMLElement | null): void {
  const row = tab?.parentElement;
  if (!tab || !row) return;
  const hidden = tab.getBoundingClientRect().right - row.getBoundingClientRect().right;
  if (hidden > 0) row.scrollLeft += Math.ceil(hidden);
}
