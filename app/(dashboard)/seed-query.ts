import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { z } from "zod";
import { AppError } from "#lib/model/app-error.ts";

/**
 * Puts the first data of a page into the cache that is sent with it, in the shape that the API would answer. An expected failure is left to the browser, which asks
 * again and shows the designed state; what does not exist makes the page not found.
 */
export async function seedQuery<T extends z.ZodType>(
  client: QueryClient,
  queryKey: QueryKey,
  schema: T,
  data: Promise<z.input<T>>,
): Promise<void> {
  try {
    client.setQueryData(queryKey, schema.parse(await data));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "not_found") notFound();
  }
}
