import { useId, type ReactNode } from "react";
import { cx } from "./cx.ts";

export type CardProps = {
  readonly title: ReactNode;
  /** Stands right beside the title: counts, switches between views. */
  readonly beside?: ReactNode;
  /** How complete the card is, or how its content was ordered; at the right edge. */
  readonly completeness?: ReactNode;
  /** Padding around the content; tables and lists bring their own. */
  readonly padded?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A framed part of a page, announced as a region by its title. */
export function Card({ title, beside, completeness, padded = false, className, children }: CardProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={cx("min-w-0 rounded-r3 border border-line bg-surface", className)}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-2.5 gap-y-1.5 border-b border-line px-3.5 py-2">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        {beside}
        {completeness !== undefined && <div className="ml-auto text-sm text-ink-3">{completeness}</div>}
      </div>
      <div className={cx(padded && "p-3.5")}>{children}</div>
    </section>
  );
}
