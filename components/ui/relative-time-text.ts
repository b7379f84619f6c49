const UNITS = [
  { limitMs: 3_600_000, unitMs: 60_000, word: "min" },
  { limitMs: 86_400_000, unitMs: 3_600_000, word: "h" },
  { limitMs: Number.POSITIVE_INFINITY, unitMs: 86_400_000, word: "d" },
] as const;

/** "12 min", "2 h", "3 d" between two epoch milliseconds; "now" under a minute. Times ahead read "in 12 min". */
export function relativeTimeText(at: number, now: number): string {
  const distanceMs = Math.abs(now - at);
  if (distanceMs < 60_000) return "now";
  const unit = UNITS.find(({ limitMs }) => distanceMs < limitMs) ?? UNITS[2];
  const text = `${Math.floor(distanceMs / unit.unitMs)} ${unit.word}`;
  return at > now ? `in ${text}` : text;
}

/** "23 Nov 2026, 14:58 UTC": the same on the server and in every browser. */
export function absoluteTimeText(at: number): string {
  const [date, time] = new Date(at).toISOString().split("T");
  const [year, month, day] = (date ?? "").split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${time?.slice(0, 5)} UTC`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
