import type { z } from "zod";
import { errorSchema } from "../contracts/common.ts";
import { ApiError } from "./api-error.ts";

export type FetchJsonOptions = {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

/**
 * Requests one of our API routes and parses the answer.
 * @returns The parsed body. @throws ApiError for every failed request: also without an answer (status 0, code `network`) and
 * for an answer of another shape (code `bad_answer`); aborts pass through as they are.
 */
export async function fetchJson<T extends z.ZodType>(
  schema: T,
  path: string,
  options: FetchJsonOptions = {},
): Promise<z.output<T>> {
  const response = await request(path, options);
  const body = await readJson(response);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw badAnswer(response);
  return parsed.data;
}

/** Requests a route that answers without a body. @throws ApiError as `fetchJson` does. */
export async function fetchNothing(path: string, options: FetchJsonOptions = {}): Promise<void> {
  await request(path, options);
}

async function request(path: string, { method = "GET", body, signal }: FetchJsonOptions): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      cache: "no-store",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, {
      code: "network",
      message: "Kordon did not answer.",
      hint: "Check that it is running and that this browser can reach it.",
      requestId: null,
    });
  }
  if (response.ok) return response;
  throw await errorOf(response);
}

async function errorOf(response: Response): Promise<ApiError> {
  const parsed = errorSchema.safeParse(await readJson(response));
  return parsed.success ? new ApiError(response.status, parsed.data.error) : badAnswer(response);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // Not JSON: the callers' schemas refuse it and report a bad answer.
    return undefined;
  }
}

function badAnswer(response: Response): ApiError {
  return new ApiError(response.status, {
    code: "bad_answer",
    message: `Kordon answered in a form this page does not understand (status ${response.status}).`,
    hint: "Reload the page: server and page may be of different versions.",
    requestId: response.headers.get("x-request-id"),
  });
}

/** A query string of the parameters that are set, sorted as given; empty values and undefined are left out. */
export function searchString(values: Readonly<Record<string, string | number | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
