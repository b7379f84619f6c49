import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type BadgeTone = "neutral" | "accent" | "critical" | "high" | "medium" | "low" | "pass" | "unknown";

const TONES: Readonly<Record<BadgeTone, string>> = {
  neutral: "bg-sunken text-ink-2 border-line",
  accent: "bg-accent-wash text-accent-ink border-transparent",
  critical: "bg-critical-wash text-critical border-transparent",
  high: "bg-high-wash text-high border-transparent",
  medium: "bg-medium-wash text-medium border-transparent",
  low: "bg-low-wash text-low border-transparent",
  pass: "bg-pass-wash text-pass border-transparent",
  unknown: "bg-unknown-wash text-unknown border-dashed border-unknown",
};

/** One word about a state. The word carries the meaning; the tone only repeats it. */
export function Badge({ tone = "neutral", children }: { readonly tone?: BadgeTone; readonly children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 items-center gap-1 rounded-r1 border px-1.5 text-xs font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
