import { numberOf } from "./random.ts";

const DAY_MS = 86_400_000;
/** Clusters and their older objects date from this time on, whatever the present is. */
const FOUNDED_MS = Date.UTC(2025, 0, 13);
const FOUNDING_DAYS = 400;

/** Times of a demo cluster as it looked on one day. Equal on every call within one UTC day, so a second scan finds no change. */
export interface Calendar {
  /** 0 for the present, -1 for a day earlier. */
  readonly day: number;
  readonly collectedAt: string;
  /** A time long before any present. */
  longAgo(key: string): string;
  /** A time during the 24 hours before the scan of that day. */
  on(day: number, key: string): string;
  /** Day of the last of changes that happen every `period` days; never later than today. */
  lastChange(key: string, period: number): number;
  /** Midnight of the present plus days, for certificates. */
  fromToday(days: number): string;
}

export function createCalendar(now: Date, day: number): Calendar {
  const today = Math.floor(now.getTime() / DAY_MS);
  return {
    day,
    collectedAt: new Date(now.getTime() + day * DAY_MS).toISOString(),
    longAgo: (key) => toTime(FOUNDED_MS + numberOf(key, FOUNDING_DAYS) * DAY_MS + secondsOf(key)),
    on: (at, key) => toTime((today + at - 1) * DAY_MS + secondsOf(key)),
    lastChange: (key, period) => day - ((today + day + numberOf(key, period)) % period),
    fromToday: (days) => toTime((today + days) * DAY_MS),
  };
}

function secondsOf(key: string): number {
  return numberOf(`time of ${key}`, DAY_MS / 1000) * 1000;
}

/** RFC 3339 to the second, as the API server writes times. */
function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
