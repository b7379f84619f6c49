export type SparklineProps = {
  /** Oldest first; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** What the line shows, with its first and last value in words. */
  readonly label: string;
};

const WIDTH = 64;
const HEIGHT = 18;
const PAD = 2;

/** A small line without axes. Gaps stay gaps; a single value is a dot. */
export function Sparkline({ values, label }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return <span className="text-ink-3">no history</span>;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (index: number) => PAD + (index * (WIDTH - 2 * PAD)) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    known.every((other) => other === value) ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD);
  const path = values
    .map((value, index) =>
      value === null ? "" : `${startsStretch(values, index) ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join("");
  const lastIndex = values.findLastIndex((value) => value !== null);
  const last = values[lastIndex];
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="text-ink-3"
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" />
      {typeof last === "number" && <circle cx={x(lastIndex)} cy={y(last)} r="1.8" fill="currentColor" />}
    </svg>
  );
}

function startsStretch(values: readonly (number | null)[], index: number): boolean {
  return index === 0 || values[index - 1] === null;
}
