import { asItems, asRecord, asText } from "./json.ts";
import type { KubeClient } from "./kube-client.ts";

const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** Where the objects of one kind are, `resource` in the plural. */
export interface ApiResource {
  readonly base: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

/** Kinds of a cluster by `apiVersion kind`. */
export type ApiResources = ReadonlyMap<string, ApiResource>;

export const kindKey = (apiVersion: string, kind: string) => `${apiVersion} ${kind}`;

/** Asks the cluster which kinds it serves, custom ones included: two requests. */
export async function discoverResources(kube: Pick<KubeClient, "get">): Promise<ApiResources> {
  const resources = new Map<string, ApiResource>();
  for (const root of ["/api", "/apis"]) {
    const { status, body } = await kube.get(root, DISCOVERY);
    if (status !== 200) throw new Error(`discovery of ${root}: HTTP ${String(status)}`);
    for (const group of asItems(asRecord(body)["items"])) {
      const groupName = asText(asRecord(group["metadata"])["name"]);
      for (const version of asItems(group["versions"])) {
        const apiVersion = [groupName, asText(version["version"])].filter((part) => part !== "").join("/");
        for (const resource of asItems(version["resources"])) {
          resources.set(kindKey(apiVersion, asText(asRecord(resource["responseKind"])["kind"])), {
            base: `${root}/${apiVersion}`,
            resource: asText(resource["resource"]),
            namespaced: resource["scope"] === "Namespaced",
          });
        }
      }
    }
  }
  return resources;
}

/** The path of a collection, or of one object when `name` is given. */
export function objectPath({ base, resource, namespaced }: ApiResource, namespace: string, name?: string): string {
  const scope = namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${base}${scope}/${resource}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}
