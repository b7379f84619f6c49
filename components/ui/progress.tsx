export type ProgressProps = {
  readonly label: string;
  readonly value: number;
  /** 0 when the end is not known yet. */
  readonly max: number;
  /** A value in words; the plain number when absent. */
  readonly text?: (value: number) => string;
};

/** How far a piece of work is. With an unknown end only the label tells. */
export function Progress({ label, value, max, text = String }: ProgressProps) {
  const known = max > 0;
  return (
    <div className="min-w-0">
      <div className="mb-1 flex justify-between gap-3 text-sm text-ink-2">
        <span className="truncate" title={label}>
          {label}
        </span>
        {known && (
          <span className="shrink-0 whitespace-nowrap tabular-nums">
            {text(value)} of {text(max)}
          </span>
        )}
      </div>
      <progress
        aria-label={label}
        value={known ? Math.min(value, max) : undefined}
        max={known ? max : undefined}
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent indeterminate:animate-pulse-slow indeterminate:bg-accent-wash"
      />
    </div>
  );
}
