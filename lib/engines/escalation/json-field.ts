import type { Json } from "../../model/metadata.ts";

/** Field of an object by its own name; undefined for a list, a scalar and a missing field. */
export function jsonField(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined;
  return (value as { readonly [key: string]: Json })[name]; // not a list: checked above
}

/** The entries of a list; none for anything else. */
export function jsonList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or undefined. */
export function jsonText(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
