import { accountSeverity, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";
import { activeIfAny, roleGains } from "../role-rewriting.ts";

const RBAC = "rbac.authorization.k8s.io";

/** As for cluster roles, with the Roles of a namespace; one half may be held there and the other everywhere. */
export const escalateRole: EscalationEdge = {
  id: "ESCALATE_ROLE",
  primitive: "R06",
  name: "rewrite roles",
  scope: "namespace",
  implies: [],
  effort: 1,
  names: "all",
  needs: () => [rights(["escalate"], RBAC, ["roles"]), rights(["update", "patch"], RBAC, ["roles"])],
  gain: ({ namespace, names }, facts, holder) =>
    roleGains({ are: "existing", names: names ?? null }, namespace, facts, holder),
  state: ({ namespace, names }, facts, holder) =>
    activeIfAny(
      roleGains({ are: "existing", names: names ?? null }, namespace, facts, holder),
      "no role that it may rewrite is bound to it",
    ),
  // Everywhere, it still counts only where a Role is bound to the holder.
  severity: ({ namespace }, facts) => (namespace === null ? "high" : accountSeverity({ namespace }, facts, "high")),
  sentence: (place) =>
    `can give itself every right${inPlace(place)}: it may write any rule into ${namedOr("every role", place, "the role")}`,
  target: ({ namespace }, facts) => {
    const account = namespace === null ? null : facts.takeoverAccountIn(namespace);
    if (account) return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
    return {
      label: "Owns",
      title: namespace === null ? "namespaces where a role is bound to it" : `namespace ${namespace}`,
      detail: "by rules of its own",
    };
  },
  gives: "Any rule in a Role that is bound to the subject, so every right in the namespace of the Role.",
  fix: "Remove escalate; only the API server's own controllers need it.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};
