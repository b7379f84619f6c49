const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** `640 B`, `1.2 MiB`, `3.4 GiB`: at most one decimal. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toLocaleString("en", { maximumFractionDigits: unit === 0 ? 0 : 1 })} ${UNITS[unit] ?? ""}`;
}
