import type { LookupFunction } from "node:net";
import type { ApiServerEvidence } from "#lib/model/snapshot.ts";
import type { JsonRecord } from "../project/values.ts";
import type { CheckedAddress, ClusterConnection, RequestCredentials } from "../connection/connection.ts";
import type { CollectLimits } from "./limits.ts";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { createGunzip } from "node:zlib";
import { Pool, buildConnector } from "undici";
import packageJson from "../../../package.json" with { type: "json" };
import { LIMITS } from "../limits.ts";
import { isRecord } from "../project/values.ts";
import { RequestFailure, classifyNetworkError } from "./failure.ts";
import { measureJson } from "./json-guard.ts";

const USER_AGENT = `kordon/${packageJson.version}`;
/** Bytes of an error answer that are looked at. */
const MAX_ERROR_BYTES = 64 * 1024;

/** One answer that was understood. */
export interface ApiAnswer {
  readonly body: JsonRecord;
  /** True when some list item is larger than the limit for one object. */
  readonly hasLargeItem: boolean;
  readonly bytes: number;
}

export interface ApiRequest {
  /** Path and query below the server's address. */
  readonly path: string;
  readonly accept?: string;
  /** Asks a review by POST: a question about rights, of which the server stores nothing. Every other request is a GET. */
  readonly review?: JsonRecord;
  /** Sees the body when it has come whole, before it is parsed: the next request can be on its way meanwhile. */
  readonly onBody?: (bytes: Buffer) => void;
  readonly signal: AbortSignal;
}

/** Requests to one API server over one pool of connections. Close it when done. */
export interface ApiClient {
  /** One attempt. Rejects with RequestFailure, or with the signal's reason when it was aborted. */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** What the TLS handshake showed; empty before the first request and for plain HTTP. */
  readonly handshake: Pick<ApiServerEvidence, "servingCertificate" | "tlsVersion">;
  readonly requests: number;
  readonly bytes: number;
  close(): Promise<void>;
}

export function createApiClient(connection: ClusterConnection, limits: CollectLimits): ApiClient {
  const counters = { requests: 0, bytes: 0 };
  let handshake: ApiClient["handshake"] = {};
  let pool: { readonly dispatcher: Pool; readonly certificate: string } | undefined;
  const base = new URL(connection.server);
  const prefix = base.pathname.replace(/\/+$/, "");

  /** The pool is rebuilt when the client certificate changes, since it is part of the handshake. */
  const poolFor = async ({ certificate }: RequestCredentials): Promise<Pool> => {
    const identity = certificate === undefined ? "" : certificate.cert + certificate.key;
    if (pool !== undefined && pool.certificate === identity) return pool.dispatcher;
    const previous = pool;
    const onHandshake = (socket: TLSSocket): void => {
      // A resumed session shows no certificate; what the first one showed stays.
      handshake = { ...handshake, ...readHandshake(socket) };
    };
    pool = { dispatcher: createPool(base, connection, limits, certificate, onHandshake), certificate: identity };
    await previous?.dispatcher.close();
    return pool.dispatcher;
  };

  return {
    get handshake() {
      return handshake;
    },
    get requests() {
      return counters.requests;
    },
    get bytes() {
      return counters.bytes;
    },
    async send(request) {
      const credentials = await connection.authorize();
      const dispatcher = await poolFor(credentials);
      counters.requests += 1;
      const timeout = AbortSignal.timeout(limits.requestTimeoutMs);
      const signal = AbortSignal.any([request.signal, timeout]);
      try {
        return await exchange(dispatcher, prefix, request, credentials, signal, limits, counters);
      } catch (error) {
        if (request.signal.aborted) throw request.signal.reason;
        throw timeout.aborted ? new RequestFailure("timeout") : classifyNetworkError(error);
      }
    },
    async close() {
      await pool?.dispatcher.destroy();
    },
  };
}

function createPool(
  base: URL,
  { tls, addresses }: ClusterConnection,
  limits: CollectLimits,
  certificate: RequestCredentials["certificate"],
  onHandshake: (socket: TLSSocket) => void,
): Pool {
  const connect = buildConnector({
    ...tls,
    ...certificate,
    timeout: limits.connectTimeoutMs,
    allowH2: false,
    ...(addresses === undefined ? {} : { lookup: pinnedLookup(addresses), autoSelectFamily: true }),
  });
  return new Pool(base.origin, {
    connections: limits.parallel,
    pipelining: 1,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.idleTimeoutMs,
    maxHeaderSize: 32 * 1024,
    connect: (options, callback) => {
      connect(options, (...[error, socket]) => {
        if (socket instanceof TLSSocket) onHandshake(socket);
        if (error === null) callback(null, socket);
        else callback(error, null);
      });
    },
  });
}

/** Answers every name with the addresses that were checked, so a changed name leads nowhere else. */
function pinnedLookup(addresses: readonly CheckedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

async function exchange(
  dispatcher: Pool,
  prefix: string,
  { path, accept = "application/json", review, onBody }: ApiRequest,
  credentials: RequestCredentials,
  signal: AbortSignal,
  limits: CollectLimits,
  counters: { bytes: number },
): Promise<ApiAnswer> {
  const headers: [string, string][] = [
    ["accept", accept],
    ["accept-encoding", "gzip"],
    ["user-agent", USER_AGENT],
    ...credentials.headers.map(([name, value]): [string, string] => [name, value]),
  ];
  if (review !== undefined) headers.push(["content-type", "application/json"]);
  const {
    statusCode,
    headers: answer,
    body,
  } = await dispatcher.request({
    path: prefix + path,
    method: review === undefined ? "GET" : "POST",
    headers: headers.flat(),
    body: review === undefined ? null : JSON.stringify(review),
    signal,
  });
  try {
    const isGood = statusCode === 200 || (review !== undefined && statusCode === 201);
    if (statusCode >= 300 && statusCode < 400) throw new RequestFailure("redirect", { status: statusCode });
    if (isGood && !isJson(answer["content-type"])) throw new RequestFailure("bad-response", { detail: "content-type" });
    const limit = isGood ? limits.pageBytes : MAX_ERROR_BYTES;
    const bytes = await readBody(body, answer["content-encoding"], limit, signal, counters);
    if (!isGood) throw errorAnswer(statusCode, answer["retry-after"], bytes);
    if (onBody !== undefined) {
      onBody(bytes);
      await setImmediate(); // parsing blocks; what onBody began gets on the wire first
    }
    return parseAnswer(bytes, limits);
  } finally {
    // Frees the connection when the body was not read to its end.
    if (!body.readableEnded) body.on("error", () => undefined).destroy();
  }
}

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === "string" && /^application\/json\s*(;|$)/i.test(contentType);
}

/** The decompressed body. Rejects when it is larger than `limit`; never holds more than that. */
async function readBody(
  body: Readable,
  encoding: string | string[] | undefined,
  limit: number,
  signal: AbortSignal,
  counters: { bytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<unknown>): Promise<void> => {
    for await (const chunk of source) {
      if (!Buffer.isBuffer(chunk)) continue; // byte streams give nothing else
      size += chunk.length;
      counters.bytes += chunk.length;
      if (size > limit) throw new RequestFailure("byte-limit");
      chunks.push(chunk);
    }
  };
  if (encoding === undefined || encoding === "identity") await pipeline(body, collect, { signal });
  else if (encoding === "gzip") await pipeline(body, createGunzip(), collect, { signal });
  else throw new RequestFailure("bad-response", { detail: "content-encoding" });
  return Buffer.concat(chunks, size);
}

function parseAnswer(bytes: Buffer, limits: CollectLimits): ApiAnswer {
  const { depth, largestItemBytes } = measureJson(bytes, LIMITS.depth);
  if (depth > LIMITS.depth) throw new RequestFailure("bad-response", { detail: "depth" });
  const body = parseJson(bytes);
  if (!isRecord(body)) throw new RequestFailure("bad-response", { detail: "not an object" });
  return { body, hasLargeItem: largestItemBytes > limits.objectBytes, bytes: bytes.length };
}

/** Text that is no JSON is most often a cut answer without a length, so it counts as a broken connection. */
function parseJson(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return value;
  } catch {
    throw new RequestFailure("connection", { detail: "cut" });
  }
}

function errorAnswer(status: number, retryAfter: string | string[] | undefined, bytes: Buffer): RequestFailure {
  const retryAfterMs = parseRetryAfter(retryAfter);
  switch (status) {
    case 401:
      return new RequestFailure("unauthorized", { status });
    case 403:
      return new RequestFailure("forbidden", { status });
    case 404:
      return new RequestFailure("not-served", { status });
    case 410:
      return new RequestFailure("skew", { status, continueToken: readContinueToken(bytes) });
    case 429:
      return new RequestFailure("rate-limited", { status, retryAfterMs });
    default:
      return new RequestFailure(status >= 500 ? "server-error" : "bad-response", { status, retryAfterMs });
  }
}

/** Seconds, or a date, as milliseconds to wait. */
function parseRetryAfter(value: string | string[] | undefined): number | undefined {
  if (typeof value !== "string") return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** `metadata.continue` of the Status that comes with 410. */
function readContinueToken(bytes: Buffer): string | undefined {
  if (measureJson(bytes, LIMITS.depth).depth > LIMITS.depth) return undefined;
  try {
    const status: unknown = JSON.parse(bytes.toString("utf8"));
    const metadata = isRecord(status) ? status.metadata : undefined;
    const token = isRecord(metadata) ? metadata.continue : undefined;
    return typeof token === "string" && token !== "" ? token : undefined;
  } catch {
    return undefined; // without a token the list starts again, as for any other 410
  }
}

function readHandshake(socket: TLSSocket): ApiClient["handshake"] {
  const certificate = socket.getPeerX509Certificate();
  const protocol = socket.getProtocol();
  const tlsVersion = protocol === null ? {} : { tlsVersion: protocol };
  if (certificate === undefined) return tlsVersion;
  return {
    ...tlsVersion,
    servingCertificate: {
      subject: certificate.subject,
      issuer: certificate.issuer,
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      names: (certificate.subjectAltName ?? "").split(", ").filter((name) => name !== ""),
    },
  };
}
