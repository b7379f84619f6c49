/** Median, fastest and slowest of some runs, in milliseconds. */
export interface Timing {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Runs candidates in turns (A B A B …), so that a busy machine slows all of them alike. */
export function measureInTurns<N extends string>(
  rounds: number,
  candidates: Readonly<Record<N, () => void>>,
): Record<N, Timing> {
  const names = Object.keys(candidates) as N[];
  const times = new Map<N, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const startedAt = performance.now();
      candidates[name]();
      times.get(name)?.push(performance.now() - startedAt);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timingOf(times.get(name) ?? [])])) as Record<N, Timing>;
}

/** Summary of measured times. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return { medianMs: percentile(sorted, 0.5), minMs: sorted[0] ?? 0, maxMs: sorted.at(-1) ?? 0 };
}

/** Value below which a share of the sorted times lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function formatMs(ms: number): string {
  return `${ms >= 100 ? ms.toFixed(0) : ms.toPrecision(3)} ms`;
}
