import type { RightQuery } from "../../rbac/index.ts";
import { inPlace, type EdgeFacts, type EscalationEdge, type Gain, type Holder, type Place } from "../edge.ts";
import { CREATE_CONTROLLER, rights, UPDATE_CONTROLLER } from "../rights.ts";

const CREATE = { verb: "create", apiGroup: "", resource: "serviceaccounts" } as const;

/** Names of the controllers would be taken for names of accounts. */
const ACT_AS: readonly RightQuery[] = [
  ...rights(["create"], "", ["serviceaccounts/token", "pods"]),
  ...CREATE_CONTROLLER,
  ...UPDATE_CONTROLLER.map((query) => ({ ...query, names: "exact" as const })),
];
const CREATE_NAMESPACE = { verb: "create", apiGroup: "", resource: "namespaces" } as const;

/** A binding outlives its account. Whoever creates an account of that name, and can then act as it, has what the binding gives. */
export const createBoundAccount: EscalationEdge = {
  id: "CREATE_BOUND_ACCOUNT",
  primitive: "R15",
  name: "revive bound accounts",
  scope: "namespace",
  implies: [],
  effort: 2,
  names: "all",
  needs: () => [
    [{ ...CREATE, names: "any" }],
    // By server-side apply, which asks for both with the name.
    [CREATE, { ...CREATE, verb: "patch", names: "any" }],
    // A token by request, from a pod, or from a Secret that is filled with one.
    [...ACT_AS, { verb: "create", apiGroup: "", resource: "secrets" }],
    [
      ...ACT_AS,
      ...["get", "list", "watch", "patch", "delete", "deletecollection"].map((verb) => ({
        verb,
        apiGroup: "",
        resource: "secrets",
      })),
    ],
  ],
  applies: (place, facts, holder) => gainsIn(place, facts, holder).length > 0,
  gain: gainsIn,
  severity: () => "medium",
  sentence: (place, facts) =>
    `can take up rights that are bound to service accounts which do not exist${inPlace(place)}${listed(place, facts, ": ")}`,
  target: (place, facts) => ({
    label: "Becomes",
    title: "an account that is gone",
    detail: listed(place, facts, "") || "none there",
  }),
  gives: "Every right that is bound to a service account which does not exist.",
  fix: "Delete bindings to service accounts that do not exist.",
  technique: "T1098",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review",
};

function gainsIn(
  { namespace, names }: Place,
  { rbac, cluster }: EdgeFacts,
  holder?: Holder,
): readonly (Gain & { readonly type: "identities" })[] {
  return [...rbac.missingAccounts].flatMap(([place, missing]) => {
    if (namespace !== null && namespace !== place) return [];
    const isThere = cluster.namespaces.includes(place) || cluster.unread("", "namespaces", null);
    if (!isThere && holder?.holds(CREATE_NAMESPACE, null) === false) return [];
    // Every namespace has the account `default` by itself.
    const gone = missing.filter((name) => name !== "default" && (!names || names.includes(name)));
    return gone.length > 0 ? [{ type: "identities" as const, namespace: place, names: gone }] : [];
  });
}

function listed(place: Place, facts: EdgeFacts, before: string): string {
  const gone = gainsIn(place, facts).flatMap(({ namespace, names }) =>
    (names ?? []).map((name) => `${namespace}/${name}`),
  );
  if (gone.length === 0) return "";
  return `${before}${gone.slice(0, 3).join(", ")}${gone.length > 3 ? ` and ${gone.length - 3} more` : ""}`;
}
