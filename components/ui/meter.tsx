import { cx } from "./cx.ts";
import type { SeverityLevel } from "./severity-mark.tsx";

export type MeterSegment = { readonly level: SeverityLevel; readonly count: number; readonly label: string };

export type MeterProps = {
  readonly segments: readonly MeterSegment[];
  /** What is counted; the accessible name adds every count in words. */
  readonly label: string;
};

const FILLS: Readonly<Record<SeverityLevel, string>> = {
  critical: "fill-critical",
  high: "fill-high",
  medium: "fill-medium",
  low: "fill-low",
  pass: "fill-pass",
  unknown: "fill-unknown",
  info: "fill-accent",
  none: "fill-line-strong",
};
const WIDTH = 1000;

/**
 * Shares of a whole as one thin bar, worst first. A share that is not nothing is never drawn as nothing, and what is not
 * known is hatched.
 */
export function Meter({ segments, label }: MeterProps) {
  const shown = segments.filter((segment) => segment.count > 0);
  const total = shown.reduce((sum, segment) => sum + segment.count, 0);
  const words = shown.map((segment) => `${segment.count} ${segment.label}`).join(", ");
  const widths = shown.map((segment) => Math.max(12, (segment.count / total) * WIDTH));
  const scale = WIDTH / widths.reduce((sum, width) => sum + width, 0);
  return (
    <svg
      role="img"
      aria-label={`${label}: ${words || "nothing counted"}`}
      viewBox={`0 0 ${WIDTH} 6`}
      preserveAspectRatio="none"
      className="block h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      {shown.map((segment, index) => {
        const start = widths.slice(0, index).reduce((sum, width) => sum + width * scale, 0);
        const width = (widths[index] ?? 0) * scale;
        return (
          <g key={segment.label} className={cx(FILLS[segment.level], segment.level === "pass" && "opacity-75")}>
            {segment.level === "unknown" ? (
              hatchBars(start, width).map((x) => <rect key={x} x={x} y="0" width="6" height="6" />)
            ) : (
              <rect x={start} y="0" width={Math.max(4, width - 4)} height="6" />
            )}
          </g>
        );
      })}
    </svg>
  );
}

function hatchBars(start: number, width: number): readonly number[] {
  return Array.from({ length: Math.max(1, Math.floor(width / 14)) }, (_, index) => start + index * 14);
}
