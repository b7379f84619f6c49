import type { AddressPolicy } from "./address-policy.ts";
import type { CheckedAddress, ClusterConnection, RequestCredentials } from "./connection.ts";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { AppError } from "#lib/model/app-error.ts";

/** A cluster as somebody entered it: plain values only, so nothing can be run or read from a file. */
export interface ClusterCredential {
  readonly server: string;
  /** Certificates of the authority, PEM. */
  readonly caData?: string;
  readonly tlsServerName?: string;
  readonly token?: string;
  /** Client certificate and key, PEM; both or none. */
  readonly clientCertificateData?: string;
  readonly clientKeyData?: string;
}

/** Resolves a host name to all its addresses; replaced in tests. */
export type Resolve = (host: string) => Promise<readonly CheckedAddress[]>;

/**
 * A connection to the server of an entered credential. The name is resolved once, every address is checked against
 * the policy, and connections go to the checked addresses only.
 * @throws AppError `invalid_input` (not https, no or two kinds of credentials, broken PEM), `address_blocked`,
 *         `cluster_unreachable` when the name has no address.
 */
export async function connectCredential(
  credential: ClusterCredential,
  policy: AddressPolicy,
  resolve: Resolve = resolveHost,
): Promise<ClusterConnection> {
  const url = parseServer(credential.server);
  const credentials = requestCredentials(credential);
  const ca = credential.caData;
  if (ca !== undefined) checkCertificates(ca, "certificate-authority-data");
  const addresses = await resolveChecked(url, policy, resolve);
  return {
    server: formatServer(url),
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(credential.tlsServerName === undefined ? {} : { servername: checkHostName(credential.tlsServerName) }),
      rejectUnauthorized: true,
    },
    addresses,
    authorize: () => Promise.resolve(credentials),
  };
}

/**
 * The URL of an API server. Only https; no user, password, query or fragment.
 * @throws AppError `invalid_input`.
 */
export function parseServer(text: string): URL {
  const url = URL.parse(text);
  const fail = (reason: string): AppError =>
    new AppError("invalid_input", `The server address ${reason}.`, { position: { field: "server" } });
  if (url === null || url.host === "") throw fail("is not a URL");
  if (url.protocol !== "https:") throw fail("must begin with https://");
  if (url.username !== "" || url.password !== "") throw fail("must not hold a user or password");
  if (url.search !== "" || url.hash !== "" || text.includes("#") || text.includes("?")) {
    throw fail("must not hold a query or fragment");
  }
  return url;
}

/** Origin and path without a slash at the end. */
export function formatServer(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.replace(/\/+$/, "");
}

async function resolveChecked(url: URL, policy: AddressPolicy, resolve: Resolve): Promise<readonly CheckedAddress[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(host);
  const addresses: readonly CheckedAddress[] =
    family === 4 || family === 6 ? [{ address: host, family }] : await resolve(host);
  if (addresses.length === 0) throw unreachable(undefined);
  for (const { address } of addresses) {
    const reason = policy.refuse(address);
    if (reason === undefined) continue;
    throw new AppError("address_blocked", `The server address is not allowed: it is a ${reason} address.`, {
      position: { field: "server" },
      hint: "An operator can allow its network with the setting for allowed cluster networks.",
    });
  }
  return addresses;
}

async function resolveHost(host: string): Promise<readonly CheckedAddress[]> {
  const found = await lookup(host, { all: true, order: "verbatim" }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function unreachable(cause: unknown): AppError {
  return new AppError("cluster_unreachable", "The name of the server has no address.", {
    position: { field: "server" },
    cause,
  });
}

function requestCredentials(credential: ClusterCredential): RequestCredentials {
  const { token, clientCertificateData: cert, clientKeyData: key } = credential;
  const fail = (message: string, field: string): AppError =>
    new AppError("invalid_input", message, { position: { field } });
  if (token !== undefined) {
    if (cert !== undefined || key !== undefined) throw fail("Give a token or a client certificate, not both.", "token");
    return { headers: [["authorization", `Bearer ${checkToken(token)}`]] };
  }
  if (cert === undefined || key === undefined) {
    throw fail(
      "A token, or a client certificate with its key, is needed.",
      cert === undefined ? "token" : "client-key-data",
    );
  }
  checkCertificates(cert, "client-certificate-data");
  try {
    createPrivateKey(key);
  } catch {
    // The cause could quote key material, so it is not passed on.
    throw fail("The client key is not a private key in PEM.", "client-key-data");
  }
  return { headers: [], certificate: { cert, key } };
}

/** A bearer token that can stand in a header. Throws AppError `invalid_input`, which never quotes it. */
export function checkToken(token: string): string {
  if (!/^[\x21-\x7e]{1,16384}$/.test(token)) {
    throw new AppError("invalid_input", "The token is empty or has characters that a token cannot have.", {
      position: { field: "token" },
    });
  }
  return token;
}

/** Throws AppError `invalid_input` unless the text is one or more PEM certificates. */
export function checkCertificates(pem: string, field: string): void {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const block of blocks) void new X509Certificate(block);
    if (blocks.length > 0) return;
  } catch {
    // falls through to the error below, which says all there is to say
  }
  throw new AppError("invalid_input", "This is not a certificate in PEM.", { position: { field } });
}

/** A host name or address for the TLS handshake. */
export function checkHostName(name: string): string {
  if (!/^[A-Za-z0-9.:_-]{1,253}$/.test(name)) {
    throw new AppError("invalid_input", "The TLS server name is not a host name.", {
      position: { field: "tls-server-name" },
    });
  }
  return name;
}
