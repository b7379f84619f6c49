import type { Json } from "../../model/metadata.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";
import { jsonField, jsonList, jsonText } from "./json-field.ts";

type Objects = ClusterSnapshot["objects"];

const KNOWN = new WeakMap<Objects, ReadonlyMap<string, ReadonlySet<string>>>();

/**
 * Names of Services, by namespace, to which the API server itself sends requests: backends of admission webhooks, of conversion webhooks and
 * of aggregated APIs. Computed once per snapshot. Never throws.
 */
export function apiBackends(objects: Objects): ReadonlyMap<string, ReadonlySet<string>> {
  let found = KNOWN.get(objects);
  if (!found) KNOWN.set(objects, (found = findBackends(objects)));
  return found;
}

function findBackends({ webhookConfigurations, customResourceDefinitions, apiServices }: Objects) {
  const services: readonly (Json | undefined)[] = [
    ...webhookConfigurations.flatMap(({ spec }) =>
      jsonList(jsonField(spec, "webhooks")).map((webhook) => jsonField(jsonField(webhook, "clientConfig"), "service")),
    ),
    ...customResourceDefinitions.map(({ spec }) =>
      jsonField(jsonField(jsonField(jsonField(spec, "conversion"), "webhook"), "clientConfig"), "service"),
    ),
    ...apiServices.map(({ spec }) => jsonField(spec, "service")),
  ];
  const byNamespace = new Map<string, Set<string>>();
  for (const service of services) {
    const namespace = jsonText(jsonField(service, "namespace"));
    const name = jsonText(jsonField(service, "name"));
    if (namespace === undefined || name === undefined) continue;
    const names = byNamespace.get(namespace) ?? new Set();
    byNamespace.set(namespace, names.add(name));
  }
  return byNamespace;
}
