import type { KindDefinition } from "#lib/model/kinds.ts";
import type { ScriptedAnswer, SeenRequest } from "./scripted-api-server.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { statusAnswer } from "./scripted-api-server.ts";

/** An object of the fake cluster: JSON with metadata. */
export interface FakeObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** A small API server: discovery, version and lists with consistent paging, whose objects a test may change. */
export interface FakeCluster {
  /** Answers discovery, version and lists; undefined for anything else. */
  script(request: SeenRequest): ScriptedAnswer | undefined;
  /** Objects by plural resource name; the next list sees changes, the next page of a running list does not. */
  readonly objects: Map<string, FakeObject[]>;
  /** Makes every token that was given so far invalid (410). */
  expireTokens(): void;
}

/**
 * @param resources  Plural names of core resources that the cluster serves; each must be in the registry.
 * @param inconsistentTokens  Whether 410 answers carry a token with which a list may go on.
 */
export function createFakeCluster(
  resources: readonly string[],
  { inconsistentTokens = true }: { readonly inconsistentTokens?: boolean } = {},
): FakeCluster {
  const kinds = KIND_DEFINITIONS.filter(({ group, resource }) => group === "" && resources.includes(resource));
  const objects = new Map<string, FakeObject[]>(kinds.map(({ resource }) => [resource, []]));
  const lists = new Map<number, readonly FakeObject[]>();
  let lastVersion = 0;

  const page = (definition: KindDefinition, request: SeenRequest, namespace: string | undefined): ScriptedAnswer => {
    const current = (objects.get(definition.resource) ?? [])
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const limit = Number(request.query.get("limit") ?? "1000000");
    const token = readToken(request.query.get("continue"));
    if (token !== undefined && token.version !== undefined && !lists.has(token.version)) {
      const rest = inconsistentTokens ? { continueToken: writeToken({ after: token.after }) } : {};
      return statusAnswer(410, "Expired", rest);
    }
    const version = token?.version ?? (lastVersion += 1);
    if (token?.version === undefined) lists.set(version, current);
    const all = (lists.get(version) ?? []).filter((object) => token === undefined || keyOf(object) > token.after);
    const items = all.slice(0, limit);
    const last = items.at(-1);
    const next =
      items.length < all.length && last !== undefined ? { continue: writeToken({ version, after: keyOf(last) }) } : {};
    const metadata = { resourceVersion: String(version), ...next };
    return { json: { kind: `${definition.kind}List`, apiVersion: "v1", metadata, items } };
  };

  return {
    objects,
    expireTokens: () => lists.clear(),
    script(request) {
      const { path } = request;
      if (path === "/version") return { json: { major: "1", minor: "37", gitVersion: "v1.37.2" } };
      if (path === "/api") return { json: discoveryDocument(kinds) };
      if (path === "/apis") return { json: discoveryDocument([]) };
      const match = /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?([a-z]+)$/.exec(path);
      const definition = kinds.find(({ resource }) => resource === match?.[2]);
      const namespace = match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
      return definition === undefined ? undefined : page(definition, request, namespace);
    },
  };
}

/** `count` namespaces or pods or service accounts with plain names. */
export function fakeObjects(count: number, namespace?: string, extra: object = {}): FakeObject[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `object-${String(index).padStart(4, "0")}`;
    return { metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...extra };
  });
}

function discoveryDocument(kinds: readonly KindDefinition[]): object {
  const resources = kinds.map(({ resource, kind, namespaced }) => ({
    resource,
    responseKind: { group: "", version: "v1", kind },
    scope: namespaced ? "Namespaced" : "Cluster",
    verbs: ["get", "list"],
  }));
  const items =
    kinds.length === 0 ? [] : [{ metadata: {}, versions: [{ version: "v1", freshness: "Current", resources }] }];
  return { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", metadata: {}, items };
}

interface Token {
  /** The consistent state it belongs to; undefined goes on with the newest. */
  readonly version?: number;
  readonly after: string;
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function readToken(text: string | null): Token | undefined {
  // Only this file writes tokens, so what comes back has their form.
  return text === null ? undefined : (JSON.parse(Buffer.from(text, "base64url").toString()) as Token);
}

function keyOf({ metadata }: FakeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
