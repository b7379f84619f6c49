import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { SeverityShape, type SeverityLevel } from "./severity-mark.tsx";

export type CalloutProps = {
  readonly tone: SeverityLevel;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Announces itself when it appears after the page was loaded. */
  readonly live?: boolean;
};

const WASHES: Readonly<Record<SeverityLevel, string>> = {
  critical: "bg-critical-wash text-critical",
  high: "bg-high-wash text-high",
  medium: "bg-medium-wash text-medium",
  low: "bg-low-wash text-low",
  pass: "bg-pass-wash text-pass",
  unknown: "border border-dashed border-unknown bg-surface text-unknown",
  info: "bg-accent-wash text-accent-ink",
  none: "bg-sunken text-ink-2",
};

/** A message about the page or a part of it. */
export function Callout({ tone, title, children, actions, live = false }: CalloutProps) {
  return (
    <div
      role={live ? "status" : undefined}
      className={cx("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-r2 px-3.5 py-2.5", WASHES[tone])}
    >
      <span className="flex h-5 items-center">
        <SeverityShape level={tone} />
      </span>
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        {children !== undefined && <div className="mt-0.5 text-ink-2">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex gap-2">{actions}</div>}
    </div>
  );
}
