import type { Node, Pair, YAMLMap } from "yaml";
import type { InputPosition } from "#lib/model/app-error.ts";
import type { ClusterCredential } from "../connection/credential.ts";
import { Lexer, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import { AppError } from "#lib/model/app-error.ts";
import { checkCertificates, checkHostName, checkToken, formatServer, parseServer } from "../connection/credential.ts";

/** A kubeconfig that came from outside, reduced to plain values. */
export interface StrictKubeconfig {
  readonly currentContext?: string;
  /** At least one, in the order of the file; names are unique. */
  readonly contexts: readonly StrictContext[];
}

export interface StrictContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly credential: ClusterCredential;
}

const MAX_LENGTH = 256 * 1024;
/** Deepest nesting a real kubeconfig has is 5. */
const MAX_DEPTH = 8;
/** Lexical parts: about 150 for each context. */
const MAX_TOKENS = 10_000;
const MAX_KEY_SHOWN = 64;

/**
 * Reads a kubeconfig that somebody uploaded. Nothing in it can run a program, read a file or lead anywhere else: it is
 * YAML's core schema without aliases, merges, tags or duplicate keys, at most 256 KiB, and only these fields may
 * stand in it: server, certificate-authority-data, tls-server-name, token, client-certificate-data, client-key-data,
 * the names that tie them together, and a context's namespace. Any other field is refused by name.
 * @throws AppError `invalid_kubeconfig` with line, column and field. Never quotes a value.
 */
export function parseStrictKubeconfig(text: string): StrictKubeconfig {
  const reader = new Reader(text);
  const root = reader.fields(reader.root(), "", ROOT_FIELDS);
  reader.equals(root, "apiVersion", "v1");
  reader.equals(root, "kind", "Config");
  reader.empty(root, "preferences");
  const clusters = reader.named(root, "clusters", "cluster", CLUSTER_FIELDS);
  const users = reader.named(root, "users", "user", USER_FIELDS);
  const contexts = [...reader.named(root, "contexts", "context", CONTEXT_FIELDS)].map(([name, entry]) => {
    const cluster = reader.text(entry, "cluster");
    const user = reader.text(entry, "user");
    const clusterFields = clusters.get(cluster);
    const userFields = users.get(user);
    if (clusterFields === undefined) throw reader.error("names a cluster that is not in the file", entry.at("cluster"));
    if (userFields === undefined) throw reader.error("names a user that is not in the file", entry.at("user"));
    return {
      name,
      cluster,
      user,
      credential: { ...readCluster(reader, clusterFields), ...readUser(reader, userFields) },
    };
  });
  if (contexts.length === 0) throw reader.error("has no context", { field: "contexts" });
  const currentContext = reader.optionalText(root, "current-context");
  return { ...(currentContext === undefined ? {} : { currentContext }), contexts };
}

const ROOT_FIELDS = ["apiVersion", "kind", "preferences", "clusters", "users", "contexts", "current-context"];
const CLUSTER_FIELDS = ["server", "certificate-authority-data", "tls-server-name"];
const USER_FIELDS = ["token", "client-certificate-data", "client-key-data"];
const CONTEXT_FIELDS = ["cluster", "user", "namespace"];

function readCluster(reader: Reader, cluster: Fields): Pick<ClusterCredential, "server" | "caData" | "tlsServerName"> {
  const server = reader.text(cluster, "server");
  const caData = reader.optionalText(cluster, "certificate-authority-data");
  const tlsServerName = reader.optionalText(cluster, "tls-server-name");
  return {
    server: reader.guard(cluster, "server", () => formatServer(parseServer(server))),
    ...(caData === undefined ? {} : { caData: readPem(reader, cluster, "certificate-authority-data", caData) }),
    ...(tlsServerName === undefined
      ? {}
      : { tlsServerName: reader.guard(cluster, "tls-server-name", () => checkHostName(tlsServerName)) }),
  };
}

function readUser(
  reader: Reader,
  user: Fields,
): Pick<ClusterCredential, "token" | "clientCertificateData" | "clientKeyData"> {
  const token = reader.optionalText(user, "token");
  const certificate = reader.optionalText(user, "client-certificate-data");
  const key = reader.optionalText(user, "client-key-data");
  if (token !== undefined) {
    if (certificate !== undefined || key !== undefined) {
      throw reader.error("gives a token and a client certificate; only one of them can be used", user.at("token"));
    }
    return { token: reader.guard(user, "token", () => checkToken(token)) };
  }
  if (certificate === undefined || key === undefined) {
    const missing = certificate === undefined ? "client-certificate-data or token" : "client-key-data";
    throw reader.error(`has a user without ${missing}`, user.at());
  }
  return {
    clientCertificateData: readPem(reader, user, "client-certificate-data", certificate),
    clientKeyData: decodeBase64(reader, user, "client-key-data", key),
  };
}

function readPem(reader: Reader, fields: Fields, field: string, text: string): string {
  const pem = decodeBase64(reader, fields, field, text);
  reader.guard(fields, field, () => checkCertificates(pem, field));
  return pem;
}

function decodeBase64(reader: Reader, fields: Fields, field: string, text: string): string {
  const compact = text.replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw reader.error("is not base64", fields.at(field));
  return Buffer.from(compact, "base64").toString("utf8");
}

/** The fields of one mapping with their places. */
interface Fields {
  readonly values: ReadonlyMap<string, Node | null>;
  /** Position of a field, or of the mapping itself. */
  at(field?: string): InputPosition;
}

class Reader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  root(): Node {
    const text = this.#text;
    if (Buffer.byteLength(text) > MAX_LENGTH) throw this.error("is larger than 256 KiB", {});
    // NUL, other control characters and byte order marks inside the text have no place in a kubeconfig.
    const odd = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
    if (odd) throw this.error("holds a character that is not allowed", this.#placeOf(odd.index));
    this.#refuseManyTokens();
    const documents = this.#parse();
    const [document, second] = documents;
    if (document === undefined || documents.length !== 1) {
      throw this.error(second === undefined ? "is empty" : "holds more than one document", {});
    }
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) {
      const reason = problem.code === "DUPLICATE_KEY" ? "holds a key twice" : "is not plain YAML";
      throw this.error(reason, this.#placeOf(problem.pos[0]));
    }
    const contents = document.contents;
    if (contents === null) throw this.error("is empty", {});
    this.#refuseSpecials(contents, 0);
    return contents;
  }

  /** Fields of a mapping; a key that is not allowed is refused by its name. */
  fields(node: Node | null, path: string, allowed: readonly string[]): Fields {
    if (!isMap(node))
      throw this.error("must be a mapping here", { ...this.#placeOfNode(node), field: path || undefined });
    const values = new Map<string, Node | null>();
    const places = new Map<string, InputPosition>();
    for (const pair of (node as YAMLMap<Node, Node | null>).items) {
      const key = this.#key(pair, path);
      const place = { ...this.#placeOfNode(pair.key), field: join(path, key) };
      if (!allowed.includes(key)) throw this.error(`holds ${shown(key)}, which is not allowed`, place);
      values.set(key, pair.value);
      places.set(key, place);
    }
    const own = { ...this.#placeOfNode(node), ...(path === "" ? {} : { field: path }) };
    return {
      values,
      at: (field) => (field === undefined ? own : (places.get(field) ?? { ...own, field: join(path, field) })),
    };
  }

  /** A list of `{name, <inner>: {...}}` by name. Absent or null gives none. */
  named(root: Fields, list: string, inner: string, allowed: readonly string[]): ReadonlyMap<string, Fields> {
    const node = root.values.get(list) ?? null;
    const result = new Map<string, Fields>();
    if (node === null || (isScalar(node) && node.value === null)) return result;
    if (!isSeq(node)) throw this.error("must be a list here", root.at(list));
    for (const [index, item] of (node.items as (Node | null)[]).entries()) {
      const path = `${list}[${index}]`;
      const entry = this.fields(item, path, ["name", inner]);
      const name = this.text(entry, "name");
      if (result.has(name)) throw this.error("uses a name twice", entry.at("name"));
      result.set(name, this.fields(entry.values.get(inner) ?? null, join(path, inner), allowed));
    }
    return result;
  }

  text(fields: Fields, field: string): string {
    const value = this.optionalText(fields, field);
    if (value === undefined) throw this.error(`has no ${field}`, fields.at(field));
    return value;
  }

  optionalText(fields: Fields, field: string): string | undefined {
    const node = fields.values.get(field);
    if (node === undefined || node === null) return undefined;
    if (!isScalar(node)) throw this.error("must be text here", fields.at(field));
    if (node.value === null || node.value === "") return undefined;
    if (typeof node.value !== "string") throw this.error("must be text here", fields.at(field));
    return node.value;
  }

  equals(fields: Fields, field: string, expected: string): void {
    const value = this.optionalText(fields, field);
    if (value !== undefined && value !== expected) throw this.error(`must say ${expected} here`, fields.at(field));
  }

  /** Absent, null or an empty mapping. */
  empty(fields: Fields, field: string): void {
    const node = fields.values.get(field) ?? null;
    const isEmpty =
      node === null || (isScalar(node) && node.value === null) || (isMap(node) && node.items.length === 0);
    if (!isEmpty) throw this.error("must be empty here", fields.at(field));
  }

  /** Runs a check of a value and adds the place to what it throws. */
  guard<T>(fields: Fields, field: string, check: () => T): T {
    try {
      return check();
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      const position = fields.at(field);
      throw new AppError("invalid_kubeconfig", cause.message, { position, cause });
    }
  }

  error(reason: string, position: InputPosition): AppError {
    const field = position.field === undefined ? "" : ` (${position.field})`;
    return new AppError("invalid_kubeconfig", `The kubeconfig ${reason}${field}.`, {
      position,
      hint: "Export it with: kubectl config view --minify --flatten --raw. Only a token or an embedded client certificate can be used.",
    });
  }

  #parse(): ReturnType<typeof parseAllDocuments> {
    try {
      return parseAllDocuments(this.#text, {
        version: "1.2",
        schema: "core",
        merge: false,
        uniqueKeys: true,
        strict: true,
        resolveKnownTags: false,
        prettyErrors: false,
        logLevel: "silent",
      });
    } catch (cause) {
      // The parser recurses; nothing that a kubeconfig needs makes it fail.
      throw new AppError("invalid_kubeconfig", "The kubeconfig is not plain YAML.", { cause });
    }
  }

  /** The parser needs time quadratic in some inputs; the lexer does not, and a real kubeconfig has few tokens. */
  #refuseManyTokens(): void {
    let tokens = 0;
    let offset = 0;
    for (const token of new Lexer().lex(this.#text)) {
      tokens += 1;
      offset += token.length;
      if (tokens > MAX_TOKENS) throw this.error("has more parts than a kubeconfig can have", this.#placeOf(offset));
    }
  }

  /** Aliases, anchors, tags and deep nesting, anywhere. */
  #refuseSpecials(node: unknown, depth: number): void {
    if (isAlias(node)) throw this.error("uses an alias", this.#placeOfNode(node));
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return;
    if (depth > MAX_DEPTH) throw this.error("nests too deeply", this.#placeOfNode(node));
    if (node.anchor !== undefined) throw this.error("uses an anchor", this.#placeOfNode(node));
    if (node.tag !== undefined) throw this.error("uses a tag", this.#placeOfNode(node));
    if (isSeq(node)) for (const item of node.items) this.#refuseSpecials(item, depth + 1);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        this.#refuseSpecials(key, depth + 1);
        this.#refuseSpecials(value, depth + 1);
      }
    }
  }

  #key(pair: Pair<Node, Node | null>, path: string): string {
    const { key } = pair;
    if (isScalar(key) && typeof key.value === "string") return key.value;
    throw this.error("has a key that is not text", { ...this.#placeOfNode(key), field: path || undefined });
  }

  #placeOfNode(node: unknown): InputPosition {
    const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
    const start = isNode ? node.range?.[0] : undefined;
    return start === undefined ? {} : this.#placeOf(start);
  }

  #placeOf(offset: number): InputPosition {
    const before = this.#text.slice(0, offset).split("\n");
    return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  }
}

function join(path: string, field: string): string {
  return path === "" ? shown(field) : `${path}.${shown(field)}`;
}

/** A key for people: control characters made visible, cut to a length. */
function shown(key: string): string {
  const short = key.length > MAX_KEY_SHOWN ? `${key.slice(0, MAX_KEY_SHOWN)}…` : key;
  return /^[\w.-]+$/.test(short) ? short : JSON.stringify(short);
}
