import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createServer } from "node:https";
import { text as textOf } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { createTestCertificate } from "./test-certificate.ts";

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** The parsed body of a POST; undefined for other requests. */
  readonly body: unknown;
}

/** How the server answers one request. */
export type ScriptedAnswer =
  | {
      readonly json: unknown;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly gzip?: boolean;
    }
  /** Sends a JSON answer up to this many bytes, then cuts the connection. */
  | { readonly cut: unknown; readonly atByte: number; readonly encoding: "length" | "chunked" | "gzip" }
  | { readonly text: string; readonly contentType: string; readonly status?: number }
  | { readonly raw: Buffer; readonly headers: Readonly<Record<string, string>> }
  /** One byte each so many milliseconds, without end. */
  | { readonly dripMs: number }
  /** A list that never stops, as fast as the client reads. */
  | { readonly endless: true }
  | { readonly redirect: string }
  /** Accepts the request and never answers. */
  | { readonly silent: true };

/** Decides the answer; undefined leaves it to the next script, and in the end to 404. */
export type Script = (request: SeenRequest) => ScriptedAnswer | undefined;

/** A real HTTPS server on 127.0.0.1 that does what a test says. */
export interface ScriptedApiServer {
  readonly server: string;
  readonly caPem: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Most requests that were answered at the same time. */
  readonly mostInFlight: number;
  /** Puts a script before those that are there. */
  use(script: Script): void;
  /** Forgets scripts and requests, except the ones the server began with. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a server with a certificate of its own. Scripts given here stay over `reset`. */
export async function startScriptedApiServer(...base: readonly Script[]): Promise<ScriptedApiServer> {
  const { key, cert } = createTestCertificate();
  let scripts: Script[] = [];
  let requests: SeenRequest[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const sockets = new Set<Duplex>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "https://server");
    const seen = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: request.method === "POST" ? JSON.parse(await textOf(request)) : undefined,
    };
    requests.push(seen);
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.once("close", () => {
      inFlight -= 1;
    });
    request.resume();
    let answer: ScriptedAnswer | undefined;
    for (const script of [...scripts, ...base]) answer ??= script(seen);
    answerWith(response, answer ?? statusAnswer(404, "NotFound"));
  };
  const server = createServer({ key, cert }, (request, response) => void handle(request, response));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined); // cut connections are part of the tests
  });
  server.on("tlsClientError", () => undefined); // so are clients that do not trust the certificate
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has such an address
  return {
    server: `https://127.0.0.1:${port}`,
    caPem: cert,
    get requests() {
      return requests;
    },
    get mostInFlight() {
      return mostInFlight;
    },
    use(script) {
      scripts = [script, ...scripts];
    },
    reset() {
      scripts = [];
      requests = [];
      mostInFlight = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A Status object, as the API server sends it with an error. */
export function statusAnswer(
  status: number,
  reason: string,
  extra: { readonly headers?: Readonly<Record<string, string>>; readonly continueToken?: string } = {},
): ScriptedAnswer {
  const metadata = extra.continueToken === undefined ? {} : { continue: extra.continueToken };
  const json = { kind: "Status", apiVersion: "v1", metadata, status: "Failure", reason, code: status };
  return { json, status, ...(extra.headers === undefined ? {} : { headers: extra.headers }) };
}

function answerWith(response: ServerResponse, answer: ScriptedAnswer): void {
  if ("json" in answer) {
    const body = Buffer.from(JSON.stringify(answer.json));
    const headers = { "content-type": "application/json", ...answer.headers };
    if (answer.gzip === true)
      response.writeHead(answer.status ?? 200, { ...headers, "content-encoding": "gzip" }).end(gzipSync(body));
    else response.writeHead(answer.status ?? 200, headers).end(body);
  } else if ("cut" in answer) {
    cutAnswer(response, answer);
  } else if ("text" in answer) {
    response.writeHead(answer.status ?? 200, { "content-type": answer.contentType }).end(answer.text);
  } else if ("raw" in answer) {
    response.writeHead(200, answer.headers).end(answer.raw);
  } else if ("redirect" in answer) {
    response.writeHead(302, { location: answer.redirect }).end();
  } else if ("dripMs" in answer) {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), answer.dripMs);
    response.once("close", () => clearInterval(timer));
  } else if ("endless" in answer) {
    endlessAnswer(response);
  }
}

function cutAnswer(response: ServerResponse, answer: Extract<ScriptedAnswer, { cut: unknown }>): void {
  const text = Buffer.from(JSON.stringify(answer.cut));
  const body = answer.encoding === "gzip" ? gzipSync(text) : text;
  response.writeHead(200, {
    "content-type": "application/json",
    ...(answer.encoding === "gzip" ? { "content-encoding": "gzip" } : {}),
    ...(answer.encoding === "length" ? { "content-length": String(body.length) } : {}),
  });
  response.write(body.subarray(0, Math.min(answer.atByte, body.length - 1)), () => response.destroy());
}

function endlessAnswer(response: ServerResponse): void {
  const item = Buffer.from(`${JSON.stringify({ metadata: { name: "x".repeat(1000) } })},`.repeat(64));
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[');
  const write = (): void => {
    while (!response.destroyed && response.write(item));
  };
  response.on("drain", write);
  write();
}
