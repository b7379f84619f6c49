import type { Json } from "#lib/model/metadata.ts";
import type { JsonRecord } from "./values.ts";
import { InvalidObject, fieldOf, isRecord, jsonOf } from "./values.ts";

/**
 * An allow-list for a part of an object. Only what a shape names survives:
 * - `scalar`: a text, number or boolean
 * - `whole`: everything below, for parts that hold selectors, rules or addresses only
 * - `presence`: `true` when the field is set; its content is dropped
 * - `address`: a URL without user, password, query and fragment
 * - `list`, `map` (keyed by names of the cluster) and `fields`
 */
export type Shape =
  | { readonly is: "scalar" | "whole" | "presence" | "address" }
  | { readonly is: "list" | "map"; readonly of: Shape }
  | { readonly is: "fields"; readonly fields: readonly (readonly [name: string, shape: Shape])[] };

export const scalar: Shape = { is: "scalar" };
export const whole: Shape = { is: "whole" };
export const presence: Shape = { is: "presence" };
export const address: Shape = { is: "address" };

export function list(of: Shape): Shape {
  return { is: "list", of };
}

export function map(of: Shape): Shape {
  return { is: "map", of };
}

/** Scalars by name, separated by blanks, and further fields with their own shapes. */
export function fields(scalars: string, others: { readonly [name: string]: Shape } = {}): Shape {
  const named = scalars.split(" ").filter((name) => name !== "");
  return { is: "fields", fields: [...named.map((name) => [name, scalar] as const), ...Object.entries(others)] };
}

/**
 * Cuts a value down to its shape. Keeps `{}` and an absent field apart; null counts as absent, and as `{}` inside a list.
 * Throws InvalidObject when a value does not have its shape.
 */
export function cutToShape(value: unknown, shape: Shape, path: string): Json {
  switch (shape.is) {
    case "whole":
      return jsonOf(value, path);
    case "presence":
      return true;
    case "scalar":
      if (typeof value === "string" || typeof value === "boolean") return value;
      if (typeof value === "number" && Number.isFinite(value)) return value;
      throw new InvalidObject(path);
    case "address":
      return cutAddress(value, path);
    case "list":
      if (!Array.isArray(value)) throw new InvalidObject(path);
      return value.map((element: unknown, index) => cutToShape(element ?? {}, shape.of, `${path}[${index}]`));
    case "map":
      if (!isRecord(value)) throw new InvalidObject(path);
      return Object.fromEntries(
        Object.keys(value)
          .filter((key) => fieldOf(value, key) !== undefined)
          .map((key) => [key, cutToShape(fieldOf(value, key), shape.of, `${path}[${key}]`)]),
      );
    case "fields":
      if (!isRecord(value)) throw new InvalidObject(path);
      return cutFields(value, shape.fields, path);
  }
}

function cutFields(
  record: JsonRecord,
  allowed: readonly (readonly [string, Shape])[],
  path: string,
): { [key: string]: Json } {
  const result: { [key: string]: Json } = {};
  for (const [name, shape] of allowed) {
    const value = fieldOf(record, name);
    if (value !== undefined) result[name] = cutToShape(value, shape, path === "" ? name : `${path}.${name}`);
  }
  return result;
}

function cutAddress(value: unknown, path: string): string {
  if (typeof value !== "string") throw new InvalidObject(path);
  const url = URL.parse(value);
  return url === null ? "" : `${url.protocol}//${url.host}${url.pathname}`;
}
