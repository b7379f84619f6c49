import type { ApiResource } from "#lib/model/snapshot.ts";
import type { JsonRecord } from "../project/values.ts";
import { InvalidObject, optionalBoolean, recordOf, recordsOf, textOf, textsOf } from "../project/values.ts";
import { RequestFailure } from "./failure.ts";

const AGGREGATED =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/** What the server says it serves. */
export interface Discovery {
  readonly apiResources: readonly ApiResource[];
  /** Group versions whose resources could not be read, `group/version`; "" as group for core. */
  readonly unread: ReadonlySet<string>;
  /** False when there is no list of groups at all. */
  readonly hasGroups: boolean;
  /** Why something is missing. */
  readonly failure?: RequestFailure;
}

/** Gets one document; rejects with RequestFailure. */
export type GetDocument = (path: string, accept?: string) => Promise<JsonRecord>;

/**
 * Served resources: the aggregated documents (two requests) where the server has them, else one document for each
 * group version. What could not be read is named; the scan goes on.
 */
export async function discover(get: GetDocument): Promise<Discovery> {
  const apiResources: ApiResource[] = [];
  const unread = new Set<string>();
  let failure: RequestFailure | undefined;
  let hasGroups = true;
  for (const root of ["/api", "/apis"] as const) {
    try {
      const document = await get(root, AGGREGATED);
      if (document.kind === "APIGroupDiscoveryList") readAggregated(document, apiResources, unread);
      else failure = (await readSeparately(root, document, get, apiResources, unread)) ?? failure;
    } catch (error) {
      failure = requestFailure(error);
      hasGroups = false;
    }
  }
  return { apiResources, unread, hasGroups, ...(failure === undefined ? {} : { failure }) };
}

function readAggregated(document: JsonRecord, target: ApiResource[], unread: Set<string>): void {
  for (const item of recordsOf(document, "items")) {
    const group = textOf(recordOf(item, "metadata"), "name");
    for (const entry of recordsOf(item, "versions")) {
      const version = textOf(entry, "version");
      // A stale group belongs to an extension server that does not answer: its list may be old or empty.
      if (entry.freshness === "Stale") unread.add(`${group}/${version}`);
      for (const resource of recordsOf(entry, "resources")) {
        const name = textOf(resource, "resource");
        const namespaced = resource.scope === "Namespaced";
        const kind = textOf(recordOf(resource, "responseKind"), "kind");
        target.push({ group, version, resource: name, kind, namespaced, verbs: textsOf(resource, "verbs") });
        for (const sub of recordsOf(resource, "subresources")) {
          target.push({
            group,
            version,
            resource: `${name}/${textOf(sub, "subresource")}`,
            kind: textOf(recordOf(sub, "responseKind"), "kind"),
            namespaced,
            verbs: textsOf(sub, "verbs"),
          });
        }
      }
    }
  }
}

/** Documents of servers before 1.30, or without aggregated discovery. Returns the last failure. */
async function readSeparately(
  root: "/api" | "/apis",
  document: JsonRecord,
  get: GetDocument,
  target: ApiResource[],
  unread: Set<string>,
): Promise<RequestFailure | undefined> {
  const groupVersions =
    root === "/api"
      ? textsOf(document, "versions")
      : recordsOf(document, "groups").flatMap((group) =>
          recordsOf(group, "versions").map((version) => textOf(version, "groupVersion")),
        );
  let failure: RequestFailure | undefined;
  for (const groupVersion of groupVersions) {
    if (!/^[a-z0-9.-]+(\/[a-z0-9]+)?$/.test(groupVersion)) continue; // becomes a path
    const group = root === "/api" ? "" : (groupVersion.split("/")[0] ?? "");
    const version = root === "/api" ? groupVersion : (groupVersion.split("/")[1] ?? "");
    try {
      const list = await get(`${root}/${groupVersion}`);
      for (const resource of recordsOf(list, "resources")) {
        target.push({
          group,
          version,
          resource: textOf(resource, "name"),
          kind: textOf(resource, "kind"),
          namespaced: optionalBoolean(resource, "namespaced") ?? false,
          verbs: textsOf(resource, "verbs"),
        });
      }
    } catch (error) {
      failure = requestFailure(error);
      unread.add(`${group}/${version}`);
    }
  }
  return failure;
}

/** A document of the wrong form is a bad answer; anything else but a failed request is not expected here. */
function requestFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) {
    if (error.reason === "unauthorized") throw error;
    return error;
  }
  if (error instanceof InvalidObject) return new RequestFailure("bad-response");
  throw error;
}
