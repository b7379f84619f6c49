import type { ClusterConnection, ConnectionTls, RequestCredentials } from "../connection/connection.ts";
import type { JsonRecord } from "../project/values.ts";
import type { ConfigEntry, OperatorKubeconfig } from "./operator-kubeconfig.ts";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "#lib/model/app-error.ts";
import {
  fieldOf,
  optionalBoolean,
  optionalRecord,
  optionalText,
  recordOf,
  requiredText,
  textOf,
  textsOf,
} from "../project/values.ts";
import { cachedCredentials, runExecPlugin } from "./exec-credential.ts";
import { oidcCredentials } from "./oidc-credential.ts";
import { inFile, readOperatorKubeconfig } from "./operator-kubeconfig.ts";

/** How a user of a kubeconfig proves who it is. */
export type AuthKind = "token" | "certificate" | "exec" | "oidc" | "auth-provider" | "basic" | "none";

/** A context as it is offered for choice. */
export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  /** "" when the context names a cluster that is not there. */
  readonly server: string;
  readonly user: string;
  readonly authKind: AuthKind;
  readonly isCurrent: boolean;
}

/**
 * Contexts of the operator's kubeconfig files, sorted by name. Nothing is run and no other file is read.
 * @param paths  In order of precedence; `KUBECONFIG` or `~/.kube/config` when empty.
 * @throws AppError `invalid_kubeconfig`.
 */
export async function listKubeconfigContexts(paths: readonly string[]): Promise<readonly KubeconfigContext[]> {
  const config = await readOperatorKubeconfig(paths);
  const contexts = [...config.contexts.values()].map(({ name, value, file }) =>
    inFile(file, () => {
      const cluster = textOf(value, "cluster");
      const user = textOf(value, "user");
      const server = config.clusters.get(cluster);
      return {
        name,
        cluster,
        server: server === undefined ? "" : textOf(server.value, "server"),
        user,
        authKind: authKindOf(config.users.get(user)?.value ?? {}),
        isCurrent: name === config.currentContext,
      };
    }),
  );
  return contexts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * A connection for one context of the operator's kubeconfig files. Credential programs, files and OIDC providers that
 * it names are used; `as`, `as-uid` and `as-groups` are honoured; what Kordon cannot honour is refused by name.
 * @param context  The current context when undefined.
 * @throws AppError `invalid_kubeconfig` with file and field, `not_found` for an unknown context.
 */
export async function connectKubeconfigContext(
  paths: readonly string[],
  context: string | undefined,
): Promise<ClusterConnection> {
  const config = await readOperatorKubeconfig(paths);
  const name = context ?? config.currentContext;
  const entry = name === undefined ? undefined : config.contexts.get(name);
  if (name === undefined || entry === undefined) {
    const shown = name === undefined ? "a current context" : `a context named ${JSON.stringify(name)}`;
    throw new AppError("not_found", `The kubeconfig does not have ${shown}.`, {
      hint: `It has: ${[...config.contexts.keys()].sort().slice(0, 10).join(", ")}.`,
    });
  }
  const { cluster, user } = partsOf(config, entry);
  return {
    context: name,
    server: inFile(cluster.file, () => readServer(cluster.value)),
    tls: await readTls(cluster),
    authorize: user === undefined ? () => Promise.resolve({ headers: [] }) : readAuthorization(user, cluster),
  };
}

function partsOf(
  { clusters, users }: OperatorKubeconfig,
  { value, file }: ConfigEntry,
): { readonly cluster: ConfigEntry; readonly user: ConfigEntry | undefined } {
  const clusterName = inFile(file, () => requiredText(value, "cluster"));
  const userName = inFile(file, () => textOf(value, "user"));
  const cluster = clusters.get(clusterName);
  const user = users.get(userName);
  const missing = cluster === undefined ? "cluster" : user === undefined && userName !== "" ? "user" : undefined;
  if (cluster === undefined || missing !== undefined) {
    throw new AppError(
      "invalid_kubeconfig",
      `The context names a ${missing ?? "cluster"} that is not in the kubeconfig.`,
      { position: { file, field: missing } },
    );
  }
  return { cluster, user };
}

function readServer(cluster: JsonRecord): string {
  if (optionalText(cluster, "proxy-url") !== undefined) throw unsupported("proxy-url");
  const url = URL.parse(requiredText(cluster, "server"));
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new AppError("invalid_kubeconfig", "The server of the kubeconfig is not a web address.", {
      position: { field: "server" },
    });
  }
  return `${url.protocol}//${url.host}${url.pathname}`.replace(/\/+$/, "");
}

async function readTls({ value, directory, file }: ConfigEntry): Promise<ConnectionTls> {
  const servername = inFile(file, () => optionalText(value, "tls-server-name"));
  const skip = inFile(file, () => optionalBoolean(value, "insecure-skip-tls-verify")) ?? false;
  const ca = skip ? undefined : await readData(value, "certificate-authority", directory, file);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized: !skip,
  };
}

/** `<field>-data` (base64) before the file that `<field>` names, as client-go. */
async function readData(
  entry: JsonRecord,
  field: string,
  directory: string,
  file: string,
): Promise<string | undefined> {
  const data = inFile(file, () => optionalText(entry, `${field}-data`));
  if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
  const path = inFile(file, () => optionalText(entry, field));
  return path === undefined ? undefined : readSecretFile(resolve(directory, path), file, field);
}

async function readSecretFile(path: string, file: string, field: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new AppError("credential_missing", `The file that ${field} names cannot be read.`, {
      position: { file, field },
      cause,
    });
  });
}

/** The first kind that is set, in the order in which client-go prefers them. */
function authKindOf(user: JsonRecord): AuthKind {
  const has = (field: string): boolean => fieldOf(user, field) !== undefined;
  if (has("token") || has("tokenFile") || has("token-file")) return "token";
  if (has("exec")) return "exec";
  if (has("client-certificate") || has("client-certificate-data")) return "certificate";
  const provider = fieldOf(user, "auth-provider");
  if (provider !== undefined)
    return textOf(recordOf(user, "auth-provider"), "name") === "oidc" ? "oidc" : "auth-provider";
  return has("username") ? "basic" : "none";
}

function readAuthorization(user: ConfigEntry, cluster: ConfigEntry): ClusterConnection["authorize"] {
  const impersonation = inFile(user.file, () => readImpersonation(user.value));
  const authenticate = inFile(user.file, () => readAuthentication(user, cluster));
  return async () => {
    const credentials = await authenticate();
    return { ...credentials, headers: [...credentials.headers, ...impersonation] };
  };
}

function readAuthentication(
  { value, directory, file }: ConfigEntry,
  cluster: ConfigEntry,
): () => Promise<RequestCredentials> {
  const tokenFile = optionalText(value, "tokenFile") ?? optionalText(value, "token-file");
  const token = optionalText(value, "token");
  const exec = optionalRecord(value, "exec");
  const provider = optionalRecord(value, "auth-provider");
  switch (authKindOf(value)) {
    case "token":
      return async () => {
        const text =
          tokenFile === undefined ? token : await readSecretFile(resolve(directory, tokenFile), file, "tokenFile");
        return withCertificate(value, directory, file, [["authorization", `Bearer ${(text ?? "").trim()}`]]);
      };
    case "exec":
      return cachedCredentials(() => runExecPlugin(exec ?? {}, directory));
    case "oidc":
      return oidcCredentials(textOf(cluster.value, "server"), provider ?? {});
    case "auth-provider":
      throw unsupported("auth-provider");
    case "basic": {
      const pair = Buffer.from(`${textOf(value, "username")}:${textOf(value, "password")}`).toString("base64");
      return () => withCertificate(value, directory, file, [["authorization", `Basic ${pair}`]]);
    }
    case "certificate":
    case "none":
      return () => withCertificate(value, directory, file, []);
  }
}

/** A client certificate may stand beside a token; both are then sent, as client-go does. */
async function withCertificate(
  user: JsonRecord,
  directory: string,
  file: string,
  headers: RequestCredentials["headers"],
): Promise<RequestCredentials> {
  const cert = await readData(user, "client-certificate", directory, file);
  const key = await readData(user, "client-key", directory, file);
  return cert === undefined || key === undefined ? { headers } : { headers, certificate: { cert, key } };
}

/** Leaving out one of them would answer for another identity than kubectl does, so what cannot be sent is refused. */
function readImpersonation(user: JsonRecord): RequestCredentials["headers"] {
  if (Object.keys(recordOf(user, "as-user-extra")).length > 0) throw unsupported("as-user-extra");
  const name = optionalText(user, "as");
  const uid = optionalText(user, "as-uid");
  const groups = textsOf(user, "as-groups");
  if (name === undefined) {
    if (uid !== undefined || groups.length > 0)
      throw unsupported(uid !== undefined ? "as-uid without as" : "as-groups without as");
    return [];
  }
  return [
    ["impersonate-user", name],
    ...(uid === undefined ? [] : [["impersonate-uid", uid] as const]),
    ...groups.map((group) => ["impersonate-group", group] as const),
  ];
}

function unsupported(field: string): AppError {
  return new AppError("invalid_kubeconfig", `Kordon does not support ${field} in a kubeconfig.`, {
    position: { field },
  });
}
