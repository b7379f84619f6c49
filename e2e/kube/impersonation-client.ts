import { Agent, request } from "node:https";
import type { ControlPlane } from "./control-plane.ts";
import type { KubeResponse, Method } from "./kube-client.ts";

/** Whose rights a request borrows, as headers say it. */
export interface ImpersonationHeaders {
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly uid?: string;
  readonly extra?: readonly (readonly [key: string, values: readonly string[]])[];
}

export interface ImpersonationClient {
  /** One request in the name of another user; with the administrator's token unless told. Never throws for an HTTP status. */
  send(
    method: Method,
    path: string,
    options: { readonly as: ImpersonationHeaders; readonly body?: unknown; readonly token?: string },
  ): Promise<KubeResponse>;
  close(): void;
}

/**
 * A client that impersonates; at most 4 connections. It stands on the HTTP client of Node, which sends a header with several values
 * as several lines, as the API server wants its groups.
 */
export function createImpersonationClient(kube: ControlPlane): ImpersonationClient {
  const agent = new Agent({ ca: kube.caPem, keepAlive: true, maxSockets: 4 });
  return {
    send: (method, path, { as, body, token = kube.adminToken }) =>
      new Promise((resolve, reject) => {
        const headers: [string, string | string[]][] = [
          ["authorization", `Bearer ${token}`],
          ["accept", "application/json"],
        ];
        if (body !== undefined) headers.push(["content-type", "application/json"]);
        if (as.user !== undefined) headers.push(["impersonate-user", as.user]);
        if (as.groups !== undefined && as.groups.length > 0) headers.push(["impersonate-group", [...as.groups]]);
        if (as.uid !== undefined) headers.push(["impersonate-uid", as.uid]);
        for (const [key, values] of as.extra ?? [])
          headers.push([`impersonate-extra-${encodeURIComponent(key)}`, [...values]]);
        const sent = request(
          `${kube.server}${path}`,
          { method, agent, headers: Object.fromEntries(headers) },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on("data", (chunk: Buffer) => chunks.push(chunk));
            answer.on("error", reject);
            answer.on("end", () =>
              resolve({ status: answer.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString("utf8")) }),
            );
          },
        );
        sent.on("error", reject);
        sent.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // answers to paths that are no resources
  }
}
