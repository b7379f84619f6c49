import { setTimeout as delay } from "node:timers/promises";
import { LIMITS } from "../limits.ts";

/** Bounds of one scan. */
export interface CollectLimits {
  readonly pageBytes: number;
  readonly objectBytes: number;
  readonly scanBytes: number;
  readonly scanObjects: number;
  readonly pagesPerKind: number;
  /** Until the connection stands. */
  readonly connectTimeoutMs: number;
  /** Until the answer begins. */
  readonly headersTimeoutMs: number;
  /** Without any byte of the answer. */
  readonly idleTimeoutMs: number;
  /** One request as a whole. */
  readonly requestTimeoutMs: number;
  /** The scan as a whole; kinds that are not read by then are gaps. */
  readonly scanTimeoutMs: number;
  /** Most requests in flight. */
  readonly parallel: number;
  /** Namespaces asked for one kind that cannot be listed across all. */
  readonly namespacesPerKind: number;
}

export const DEFAULT_COLLECT_LIMITS: CollectLimits = {
  pageBytes: LIMITS.pageBytes,
  objectBytes: LIMITS.objectBytes,
  scanBytes: LIMITS.scanBytes,
  scanObjects: LIMITS.scanObjects,
  pagesPerKind: 20_000,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 60_000,
  idleTimeoutMs: 30_000,
  requestTimeoutMs: 120_000,
  scanTimeoutMs: 30 * 60_000,
  parallel: 4,
  namespacesPerKind: 2_000,
};

/** Time and chance, so that tests decide them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: () => Math.random(),
};
