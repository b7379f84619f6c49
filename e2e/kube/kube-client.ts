import { Agent, request } from "undici";

/** What the API server answered; `body` is the parsed JSON, or the text where the answer is none. */
export interface KubeResponse {
  readonly status: number;
  readonly body: unknown;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface KubeClient {
  /**
   * One plain HTTPS request. A string body is sent as YAML for server-side apply when the method is PATCH, everything else
   * as JSON. Never throws for an HTTP status; throws when no answer came.
   */
  readonly request: (method: Method, path: string, body?: unknown, token?: string) => Promise<KubeResponse>;
  /** The same with a media type of the caller's choice for the answer (discovery). */
  readonly get: (path: string, accept: string) => Promise<KubeResponse>;
  close(): Promise<void>;
}

export interface KubeClientOptions {
  readonly server: string;
  readonly caPem: string;
  readonly token: string;
}

/** A client for a test cluster: at most 8 connections, the given CA and no other, a token per request. */
export function createKubeClient({ server, caPem, token: ownToken }: KubeClientOptions): KubeClient {
  const dispatcher = new Agent({ connections: 8, connect: { ca: caPem }, headersTimeout: 60_000, bodyTimeout: 60_000 });

  async function send(
    method: Method,
    path: string,
    accept: string,
    body: unknown,
    token: string,
  ): Promise<KubeResponse> {
    const contentType = method === "PATCH" ? "application/apply-patch+yaml" : "application/json";
    const headers: Record<string, string> = { accept, authorization: `Bearer ${token}` };
    if (body !== undefined) headers["content-type"] = contentType;
    const payload = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const response = await request(`${server}${path}`, { method, headers, body: payload, dispatcher });
    return { status: response.statusCode, body: parse(await response.body.text()) };
  }

  return {
    request: (method, path, body, token) => send(method, path, "application/json", body, token ?? ownToken),
    get: (path, accept) => send("GET", path, accept, undefined, ownToken),
    close: () => dispatcher.destroy(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // /readyz and errors before authentication are plain text
  }
}
