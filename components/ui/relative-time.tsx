"use client";

import { useNow } from "./now-context.tsx";
import { absoluteTimeText, relativeTimeText } from "./relative-time-text.ts";

export type RelativeTimeProps = {
  /** Epoch milliseconds or an ISO date. */
  readonly at: number | string;
  /** Adds "ago" to times that have passed. */
  readonly ago?: boolean;
};

/** How long ago something was, with the full time as tooltip; keeps itself current. */
export function RelativeTime({ at, ago = false }: RelativeTimeProps) {
  const now = useNow();
  const time = typeof at === "number" ? at : Date.parse(at);
  if (!Number.isFinite(time)) return <span>time not known</span>;
  const absolute = absoluteTimeText(time);
  const relative = now === null ? absolute : relativeTimeText(time, now);
  const suffix = ago && now !== null && relative !== "now" && time <= now ? " ago" : "";
  return (
    <time dateTime={new Date(time).toISOString()} title={absolute} className="whitespace-nowrap tabular-nums">
      {ago && relative === "now" ? "just now" : relative}
      {suffix}
    </time>
  );
}
