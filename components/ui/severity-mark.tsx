import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type SeverityLevel = "critical" | "high" | "medium" | "low" | "pass" | "unknown" | "info" | "none";

const WORDS: Readonly<Record<SeverityLevel, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  pass: "Pass",
  unknown: "Not known",
  info: "Info",
  none: "None",
};

const COLORS: Readonly<Record<SeverityLevel, string>> = {
  critical: "text-critical",
  high: "text-high",
  medium: "text-medium",
  low: "text-low",
  pass: "text-pass",
  unknown: "text-unknown",
  info: "text-accent-ink",
  none: "text-ink-3",
};

/** The word of a level, for sentences and labels. */
export function severityWord(level: SeverityLevel): string {
  return WORDS[level];
}

/** The shape of a level: drawn, not painted, so that it survives print and forced colours. */
export function SeverityShape({ level, className }: { readonly level: SeverityLevel; readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      fill="currentColor"
      className={cx("size-3 shrink-0", COLORS[level], className)}
    >
      {shapeOf(level)}
    </svg>
  );
}

function shapeOf(level: SeverityLevel): ReactNode {
  switch (level) {
    case "critical":
      return <path d="M6 .4 11.6 6 6 11.6.4 6z" />;
    case "high":
      return <path d="M6 1.2 11.4 11H.6z" />;
    case "medium":
      return <circle cx="6" cy="6" r="4.6" />;
    case "low":
      return <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.8" />;
    case "pass":
      return <path d="m2 6.4 2.7 2.8L10 3.2" fill="none" stroke="currentColor" strokeWidth="1.9" />;
    case "unknown":
      return (
        <rect
          x="1.5"
          y="1.5"
          width="9"
          height="9"
          rx="1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeDasharray="2.2 1.6"
        />
      );
    case "info":
      return (
        <path
          d="M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 6 .8m.8 8H5.2V5.2h1.6zm0-4.6H5.2V2.7h1.6z"
          fillRule="evenodd"
        />
      );
    case "none":
      return <path d="M2.5 6h7" fill="none" stroke="currentColor" strokeWidth="1.6" />;
  }
}

export type SeverityMarkProps = {
  readonly level: SeverityLevel;
  /** Another word than the level's own. */
  readonly label?: string;
  /** Shows the shape alone; the word stays as accessible name and tooltip. */
  readonly iconOnly?: boolean;
  /** What the word means here, as a tooltip. */
  readonly hint?: string;
};

/** A risk level as shape and word. */
export function SeverityMark({ level, label = WORDS[level], iconOnly = false, hint }: SeverityMarkProps) {
  if (iconOnly) {
    return (
      <span role="img" aria-label={label} title={hint ?? label} className="inline-flex items-center justify-center">
        <SeverityShape level={level} />
      </span>
    );
  }
  return (
    <span title={hint} className={cx("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", COLORS[level])}>
      <SeverityShape level={level} />
      {label}
    </span>
  );
}
