import type { Json } from "#lib/model/metadata.ts";

/** A JSON object as parsed, before any field was checked. */
export type JsonRecord = { readonly [key: string]: unknown };

/**
 * An object that the API server could not have stored: a name is missing or a field has the wrong type.
 * It is counted in coverage as `invalid-objects`; `field` is its path.
 */
export class InvalidObject extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`invalid field ${field}`);
    this.name = "InvalidObject";
    this.field = field;
  }
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Readers of one field. Absent and null mean the same, as for the API server's decoder; a wrong type throws InvalidObject.
 * Only own properties are read, so `__proto__` or `constructor` are ordinary keys.
 */
export function fieldOf(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? (record[key] ?? undefined) : undefined;
}

export function optionalText(record: JsonRecord, key: string): string | undefined {
  const value = fieldOf(record, key);
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new InvalidObject(key);
  return value === "" ? undefined : value;
}

/** "" when absent. */
export function textOf(record: JsonRecord, key: string): string {
  return optionalText(record, key) ?? "";
}

/** Throws when the text is absent or empty. */
export function requiredText(record: JsonRecord, key: string): string {
  const value = optionalText(record, key);
  if (value === undefined) throw new InvalidObject(key);
  return value;
}

export function optionalBoolean(record: JsonRecord, key: string): boolean | undefined {
  const value = fieldOf(record, key);
  if (value !== undefined && typeof value !== "boolean") throw new InvalidObject(key);
  return value;
}

export function optionalInteger(record: JsonRecord, key: string): number | undefined {
  const value = fieldOf(record, key);
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new InvalidObject(key);
  return value;
}

export function optionalRecord(record: JsonRecord, key: string): JsonRecord | undefined {
  const value = fieldOf(record, key);
  if (value === undefined) return undefined;
  if (!isRecord(value)) throw new InvalidObject(key);
  return value;
}

/** An empty record when absent. */
export function recordOf(record: JsonRecord, key: string): JsonRecord {
  return optionalRecord(record, key) ?? {};
}

/** An empty list when absent. A null element is an empty object, as the API server decodes it. */
export function recordsOf(record: JsonRecord, key: string): readonly JsonRecord[] {
  const value = fieldOf(record, key);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new InvalidObject(key);
  return value.map((element: unknown, index) => {
    if (element === null) return {};
    if (!isRecord(element)) throw new InvalidObject(`${key}[${index}]`);
    return element;
  });
}

/** An empty list when absent. */
export function textsOf(record: JsonRecord, key: string): readonly string[] {
  const value = fieldOf(record, key);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new InvalidObject(key);
  return value.map((element: unknown, index) => {
    if (typeof element !== "string") throw new InvalidObject(`${key}[${index}]`);
    return element;
  });
}

/**
 * A copy of any JSON value without foreign parts. Fields that are null are left out, as the API server treats them as
 * absent; null inside `matchLabels` is "", as its decoder reads it. Throws on a value that JSON cannot hold.
 */
export function jsonOf(value: unknown, field: string): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => jsonOf(element, field));
  if (!isRecord(value)) throw new InvalidObject(field);
  const pairs: [string, Json][] = [];
  for (const [key, element] of Object.entries(value)) {
    if (element === null && field === "matchLabels") pairs.push([key, ""]);
    else if (element !== null) pairs.push([key, jsonOf(element, key)]);
  }
  return Object.fromEntries(pairs);
}
