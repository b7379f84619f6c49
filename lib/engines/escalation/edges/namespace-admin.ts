import { accountSeverity, inPlace, type EscalationEdge } from "../edge.ts";

/** The rule of cluster-admin through a RoleBinding: everything in one namespace, cluster-scoped resources not. */
export const namespaceAdmin: EscalationEdge = {
  id: "NAMESPACE_ADMIN",
  primitive: "R03",
  name: "namespace admin",
  scope: "namespace-only",
  implies: "all",
  effort: 1,
  needs: () => [[{ verb: "*", apiGroup: "*", resource: "*" }]],
  gain: ({ namespace }) => ({ type: "namespace-admin", namespace }),
  severity: (place, facts) => accountSeverity(place, facts, "high"),
  sentence: (place, facts) => {
    const account = place.namespace === null ? null : facts.takeoverAccountIn(place.namespace);
    return account
      ? `may do everything${inPlace(place)}, where ${account} can take over the cluster`
      : `may do everything${inPlace(place)}`;
  },
  target: ({ namespace }, facts) => {
    const account = namespace === null ? null : facts.takeoverAccountIn(namespace);
    if (account) return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
    return { label: "Owns", title: `namespace ${namespace ?? ""}`, detail: "its objects, secrets and accounts" };
  },
  gives:
    "Every verb on every namespaced resource of the namespace, and with it the token of every service account there.",
  fix: "Bind edit or a role of its own instead of a role with wildcards.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};
