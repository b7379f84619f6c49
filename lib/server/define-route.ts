import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ErrorBody } from "../contracts/common.ts";
import { AppError } from "../model/app-error.ts";
import { currentActor, hasRole, type Actor, type Role } from "./actor.ts";
import { serverContext, type ServerContext } from "./context.ts";
import { HTTP_STATUS } from "./http-status.ts";

const MIB = 1024 * 1024;
const MAX_BODY_BYTES = MIB;

interface RouteInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly actor: Actor;
  readonly context: ServerContext;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly signal: AbortSignal;
}

interface RouteDefinition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  /** Least role that may call it. Without one the route does not compile. */
  readonly access: Role;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Larger bodies are refused; 1 MiB unless told. */
  readonly maxBodyBytes?: number;
  /** Shape of the answer; null answers 204 without a body; "raw" lets `handle` return a Response of its own. */
  readonly response: R | null | "raw";
  readonly status?: number;
  readonly handle: (input: RouteInput<P, Q, B>) => Promise<z.input<R> | Response | void>;
}

type Handler = (request: Request, route: { readonly params: Promise<unknown> }) => Promise<Response>;

const nothing = z.unknown();

/**
 * Makes a route handler: checks the role and the origin, parses parameters, query and body, answers JSON of the declared shape
 * and turns failures into the error body. Every answer is private and not stored.
 */
export function defineRoute<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
  R extends z.ZodType = typeof nothing,
>(route: RouteDefinition<P, Q, B, R>): Handler {
  return async (request, { params }) => {
    const requestId = request.headers.get("x-request-id") ?? randomUUID();
    try {
      const actor = currentActor();
      if (!hasRole(actor, route.access)) throw new AppError("not_found", "There is nothing here");
      if (request.method !== "GET" && request.method !== "HEAD") refuseForeignOrigin(request);
      const input: RouteInput<P, Q, B> = {
        actor,
        context: await serverContext(),
        params: parse(route.params ?? nothing, decoded(await params), "path") as z.output<P>,
        query: parse(
          route.query ?? nothing,
          Object.fromEntries(new URL(request.url).searchParams),
          "query",
        ) as z.output<Q>,
        body: (route.body
          ? parse(route.body, await readBody(request, route.maxBodyBytes ?? MAX_BODY_BYTES), "body")
          : undefined) as z.output<B>,
        signal: request.signal,
      };
      const result = await route.handle(input);
      if (result instanceof Response) return result;
      if (route.response === null || route.response === "raw")
        return new Response(null, { status: 204, headers: privateHeaders(requestId) });
      return Response.json(route.response.parse(result), {
        status: route.status ?? 200,
        headers: privateHeaders(requestId),
      });
    } catch (error) {
      return errorResponse(error, requestId, request);
    }
  };
}

/** Headers of every answer of the API. */
export function privateHeaders(requestId: string): Record<string, string> {
  return { "cache-control": "private, no-store", "x-request-id": requestId };
}

function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  // A path that fits no pattern names nothing, like an id that does not exist.
  if (where === "path") throw new AppError("not_found", "There is nothing here");
  throw new AppError("invalid_input", `The ${where} is not valid: ${issue?.message ?? "unreadable"}`, {
    position: { field },
  });
}

/** Next gives dynamic segments percent-encoded to route handlers. */
function decoded(params: unknown): unknown {
  if (typeof params !== "object" || params === null) return params;
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value !== "string") return [name, value];
      try {
        return [name, decodeURIComponent(value)];
      } catch (error) {
        if (error instanceof URIError) return [name, value];
        throw error;
      }
    }),
  );
}

/** A page of another site cannot make this browser change anything. */
function refuseForeignOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const foreignOrigin = origin !== null && URL.parse(origin)?.host !== request.headers.get("host");
  if ((site !== null && site !== "same-origin" && site !== "none") || foreignOrigin) {
    throw new AppError("forbidden", "The request comes from another site");
  }
}

async function readBody(request: Request, maxBytes: number): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    throw new AppError("invalid_input", "The body must be application/json");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError("too_large", `The body is larger than ${maxBytes / MIB} MiB`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new AppError("invalid_input", "The body is not JSON", { cause: error });
  }
}

async function errorResponse(error: unknown, requestId: string, request: Request): Promise<Response> {
  if (error instanceof AppError) {
    const body: ErrorBody = {
      error: {
        code: error.code,
        message: error.message,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        ...(error.position === undefined ? {} : { position: error.position }),
        requestId,
      },
    };
    return Response.json(body, { status: HTTP_STATUS[error.code], headers: privateHeaders(requestId) });
  }
  const { log } = await serverContext();
  log.error({ err: error, requestId, path: new URL(request.url).pathname }, "request failed");
  const body: ErrorBody = {
    error: {
      code: "internal",
      message: "Kordon could not answer this request",
      hint: "The log has the details under this request id.",
      requestId,
    },
  };
  return Response.json(body, { status: 500, headers: privateHeaders(requestId) });
}
