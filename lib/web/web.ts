import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import next from "next";
import type { Config } from "../config/config.ts";
import { checkRequest } from "./check-request.ts";
import { contentSecurityPolicy, SECURITY_HEADERS } from "./security-headers.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 2_000;

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Next behind our own door: Host check, request id, nonce and security headers for every answer.
 * @throws the listen error (`EADDRINUSE`) when the port is taken.
 */
export async function startWeb({ host, port }: Pick<Config, "host" | "port">, dev: boolean): Promise<WebServer> {
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  server.maxConnections = MAX_CONNECTIONS;
  // The port is taken first: a second Kordon must fail at once, not after loading everything.
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  const app = next({ dev, dir: ROOT, hostname: host, port: address.port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const refusal = checkRequest(request);
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    if (refusal) {
      response
        .writeHead(refusal.status, { "content-type": "text/plain; charset=utf-8", connection: "close" })
        .end(`${refusal.reason}\n`);
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    const policy = contentSecurityPolicy(nonce, dev);
    request.headers["x-nonce"] = nonce;
    request.headers["x-request-id"] = randomUUID();
    request.headers["content-security-policy"] = policy;
    response.setHeader("content-security-policy", policy);
    void handle(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  return {
    url: `http://${host === "::1" ? "[::1]" : host}:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await app.close();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
