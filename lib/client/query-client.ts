import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.ts";

/** A query client of ours: answers stay fresh for 15 s, and only failures that may pass are tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.mayPass),
      },
    },
  });
}
