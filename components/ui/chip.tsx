import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

const BASE =
  "inline-flex min-h-6 items-center gap-1.5 rounded-full border px-2.5 text-sm whitespace-nowrap transition-colors";
const OFF = "border-line text-ink-2";
const HOVER = "hover:border-line-strong hover:text-ink";
const ON = "border-accent bg-accent-wash text-accent-ink";

export type ToggleChipProps = {
  readonly pressed: boolean;
  readonly onPressedChange: (pressed: boolean) => void;
  readonly children: ReactNode;
};

/** A filter that is on or off. */
export function ToggleChip({ pressed, onPressedChange, children }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onPressedChange(!pressed)}
      className={cx(BASE, pressed ? ON : cx(OFF, HOVER))}
    >
      {children}
    </button>
  );
}

export type LinkChipProps = { readonly href: string; readonly current?: boolean; readonly children: ReactNode };

/** A link between views of one thing; the current view is marked. */
export function LinkChip({ href, current = false, children }: LinkChipProps) {
  return (
    <Link href={href} aria-current={current ? "page" : undefined} className={cx(BASE, current ? ON : cx(OFF, HOVER))}>
      {children}
    </Link>
  );
}
