import type { IncomingMessage } from "node:http";

/** Why a request is refused before Next sees it: a status and one line. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE"]);
/** Headers by which a proxy in front of Next talks to it; from outside they only serve to get around checks. */
const INTERNAL_HEADERS = /^x-(?:middleware|nextjs|invoke|matched)-/;

/**
 * Checks a request at the door. The Host must be a loopback name: a page of another site whose name was re-pointed to this machine is
 * refused. Server Actions do not exist here, so requests that call one are refused. Headers internal to Next are removed.
 */
export function checkRequest(request: IncomingMessage): Refusal | null {
  const host = request.headers.host ?? "";
  const name = host.replace(/:\d+$/, "");
  if (!LOOPBACK_NAMES.has(name.toLowerCase()))
    return { status: 421, reason: "Kordon answers only to names of this machine" };
  if (!METHODS.has(request.method ?? "")) return { status: 405, reason: "Method not allowed" };
  if (request.headers["next-action"] !== undefined) return { status: 400, reason: "There are no server actions here" };
  if (request.headers["content-type"]?.toLowerCase().startsWith("multipart/") === true)
    return { status: 415, reason: "Send JSON" };
  for (const header of Object.keys(request.headers)) if (INTERNAL_HEADERS.test(header)) delete request.headers[header];
  return null;
}
