const MIB = 1024 * 1024;

/** Bounds that keep one input or one hostile server from taking the memory of the process. */
export const LIMITS = {
  /** Bytes of one object as JSON. */
  objectBytes: 2 * MIB,
  /** Decompressed bytes of one answer of a server. */
  pageBytes: 32 * MIB,
  /** Decompressed bytes of one scan. */
  scanBytes: 16 * 1024 * MIB,
  /** Objects of one scan over all kinds. */
  scanObjects: 5_000_000,
  /** Nesting of objects and lists. */
  depth: 100,
  /** Bytes of one JSON input file; one string cannot hold more than 512 MiB. */
  jsonFileBytes: 480 * MIB,
  /** Bytes of one YAML input file. */
  yamlFileBytes: 64 * MIB,
  /** Bytes of all manifest inputs together. */
  inputBytes: 2 * 1024 * MIB,
  /** Files of one manifest input. */
  files: 50_000,
} as const;

/** True when a parsed JSON value nests deeper than `limit` objects and lists. Recursion ends at the limit. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return limit === 0 || Object.values(value).some((child) => isDeeperThan(child, limit - 1));
}
