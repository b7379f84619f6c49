import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const GROUPS = rights(["impersonate"], "", ["groups"]);
const ACCOUNTS = rights(["impersonate"], "", ["serviceaccounts"]);

/**
 * A request that impersonates groups must impersonate somebody too: a user, or a service account, for which a right in the account's
 * namespace is enough. Groups themselves are cluster-scoped.
 */
export const impersonateGroup: EscalationEdge = {
  id: "IMPERSONATE_GROUP",
  primitive: "R17",
  name: "impersonate groups",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [GROUPS, [...rights(["impersonate"], "", ["users"]), ...ACCOUNTS]],
  applies: ({ namespace }, _facts, holder) =>
    GROUPS.some((query) => holder.holds(query, null)) &&
    (namespace === null || ACCOUNTS.some((query) => holder.holds(query, namespace))),
  gain: ({ names }) => ({ type: "groups", names: names ?? null }),
  severity: ({ names }) => (!names || names.includes("system:masters") ? "critical" : "medium"),
  sentence: (place) => `may act as a member of ${namedOr("any group, system:masters included", place, "the group")}`,
  target: (place) =>
    place.names
      ? { label: "Acts as", title: namedOr("any group", place, "group"), detail: "with its rights" }
      : { label: "Takes over", title: "system:masters", detail: "past every authorizer" },
  gives: "The rights of any group, system:masters included, which no authorizer is asked about.",
  fix: "Remove impersonate on groups, or limit the rule with resourceNames to the groups it must act as.",
  technique: "T1550",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation",
};
