import type { ResourceRequest } from "../../model/access.ts";
import { Bitset } from "../bitset.ts";
import type { AccessModel, CompiledBinding } from "./compile-access.ts";
import { memberships, rolesWith } from "./who-can.ts";

/** A question without namespace: who holds this right, and where. `names: "any"` counts rules limited by `resourceNames` too. */
export interface RightQuery {
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
  /** A fixed name; "" (default) asks for the unnamed right. Ignored with `names: "any"`. */
  readonly name?: string;
  readonly names?: "exact" | "any";
}

/** Who holds a right: cluster-wide, and in addition per namespace. Known members of fixed groups are included. */
export interface Holding {
  readonly cluster: Bitset;
  /** Subjects that hold it in the namespace through role bindings; those of `cluster` may or may not repeat. */
  readonly namespaces: ReadonlyMap<string, Bitset>;
}

/**
 * Who holds a right anywhere, for the whole population in one pass over the bindings.
 * @param counts  Leaves out bindings for which it is false, as if they did not exist.
 * Cost: bindings of the matching roles. Never throws.
 */
export function holding(
  model: AccessModel,
  query: RightQuery,
  counts: (binding: CompiledBinding) => boolean = () => true,
): Holding {
  const request = toRequest(query);
  const rules = query.names === "any" ? model.index.matchingAnyName(request) : model.index.matching(request);
  const cluster = new Bitset(model.subjects.length);
  const namespaces = new Map<string, Bitset>();
  for (const role of rolesWith(model, rules)) {
    for (const position of model.bindingsOfRole[role] ?? []) {
      const binding = model.bindings[position];
      if (!binding || !counts(binding)) continue;
      let target = cluster;
      if (binding.ref.kind === "RoleBinding") {
        target = namespaces.get(binding.namespace) ?? new Bitset(model.subjects.length);
        namespaces.set(binding.namespace, target);
      }
      for (const subject of binding.subjects) target.add(subject);
    }
  }
  for (const [group, members] of memberships(model)) {
    for (const set of [cluster, ...namespaces.values()]) if (set.has(group)) set.addAll(members);
  }
  return { cluster, namespaces };
}

/** Subjects that hold both rights in the same place; the halves may come from different bindings. */
export function both(a: Holding, b: Holding): Holding {
  const namespaces = new Map<string, Bitset>();
  for (const namespace of new Set([...a.namespaces.keys(), ...b.namespaces.keys()])) {
    const left = anywhereIn(a, namespace);
    namespaces.set(namespace, left.retainAll(anywhereIn(b, namespace)));
  }
  return { cluster: a.cluster.clone().retainAll(b.cluster), namespaces };
}

/** Subjects that hold at least one of two rights in the same place. */
export function either(a: Holding, b: Holding): Holding {
  const namespaces = new Map<string, Bitset>();
  for (const { namespaces: more } of [a, b]) {
    for (const [namespace, set] of more)
      namespaces.set(namespace, (namespaces.get(namespace) ?? set.clone()).addAll(set));
  }
  return { cluster: a.cluster.clone().addAll(b.cluster), namespaces };
}

/** Only the cluster-wide part: for resources without a namespace, which role bindings cannot grant. */
export function clusterOnly({ cluster }: Holding): Holding {
  return { cluster, namespaces: new Map() };
}

/** Subjects that hold the right in a namespace, wherever it comes from. The result is the caller's. */
export function anywhereIn({ cluster, namespaces }: Holding, namespace: string): Bitset {
  const set = cluster.clone();
  const more = namespaces.get(namespace);
  return more ? set.addAll(more) : set;
}

/** The request of a query in a namespace ("" = cluster-wide). */
export function toRequest(query: RightQuery, namespace = ""): ResourceRequest {
  return {
    verb: query.verb,
    apiGroup: query.apiGroup,
    resource: query.resource,
    subresource: query.subresource ?? "",
    namespace,
    name: query.name ?? "",
  };
}
