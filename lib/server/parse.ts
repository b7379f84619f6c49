import { notFound } from "next/navigation";
import type { z } from "zod";

/** Parses path or search parameters of a page; anything that does not fit is a page that does not exist. */
export function parseOrNotFound<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) notFound();
  return parsed.data;
}
