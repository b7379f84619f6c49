import type { AccessModel } from "../../rbac/index.ts";
import type { Vertex } from "../graph/vertex.ts";
import type { EscalationLink, Link, LinkContext } from "../link.ts";

/** From "every namespace", "any account" or "any user" to each of them; root on a node of whatever name is root on a node. */
export const parts: EscalationLink = {
  id: "PART_OF",
  name: "among them",
  effort: 0,
  from: [
    "namespace-admin",
    "new-pods",
    "pods",
    "secrets",
    "accounts",
    "identities",
    "users",
    "groups",
    "nodes",
    "node",
  ],
  *links(from, context) {
    if ("namespace" in from && from.namespace === null && from.type !== "role") {
      for (const namespace of context.facts.cluster.namespaces) yield { to: { ...from, namespace } };
      return;
    }
    yield* members(from, context);
  },
  gives: "Each single one of what a right without limit reaches.",
  fix: "Limit the right to the namespaces and names it is needed for.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
};

function* members(from: Vertex, { model, facts }: LinkContext): Generator<Link> {
  if (from.type === "accounts" || from.type === "identities") {
    const also = from.type === "identities";
    for (const subject of accountsOf(from.namespace ?? "", from.names, also, { model, facts }))
      yield { to: { type: from.type === "accounts" ? "account" : "subject", subject } };
  } else if (from.type === "users" || from.type === "groups") {
    const kind = from.type === "users" ? "User" : "Group";
    for (const [subject, { kind: own, name }] of model.subjects.entries()) {
      if (own === kind && (from.names === null || from.names.includes(name)))
        yield { to: { type: "subject", subject } };
    }
    if (from.type === "groups" && (from.names === null || from.names.includes("system:masters")))
      yield { to: { type: "target", target: "masters" } };
  } else if (from.type === "nodes") {
    const names = from.names ?? facts.cluster.nodes.map(({ name }) => name);
    for (const name of names) yield { to: { type: "node", name } };
    yield { to: { type: "target", target: "node-root" } };
  } else if (from.type === "node") {
    yield { to: { type: "target", target: "node-root" } };
  }
}

const ACCOUNTS = new WeakMap<AccessModel, ReadonlyMap<string, readonly number[]>>();

/** Service accounts of a namespace by position; those that only bindings name are left out unless `also`. */
function accountsOf(
  namespace: string,
  names: readonly string[] | null,
  also: boolean,
  { model, facts }: Pick<LinkContext, "model" | "facts">,
): readonly number[] {
  let byNamespace = ACCOUNTS.get(model);
  if (!byNamespace) {
    const positions = [...model.subjects.keys()].filter((id) => model.subjects[id]?.kind === "ServiceAccount");
    byNamespace = Map.groupBy(positions, (id) => model.subjects[id]?.namespace ?? "");
    ACCOUNTS.set(model, byNamespace);
  }
  const wanted = names === null ? null : new Set(names);
  // Every namespace has the account `default`, also where nobody has written it down, as in manifests.
  const isDefault = (id: number) =>
    model.subjects[id]?.name === "default" && facts.cluster.namespaces.includes(namespace);
  return (byNamespace.get(namespace) ?? []).filter(
    (id) =>
      (also || model.exists[id] || isDefault(id)) && (wanted === null || wanted.has(model.subjects[id]?.name ?? "")),
  );
}
