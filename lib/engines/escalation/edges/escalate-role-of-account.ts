import { accountSeverity, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { BECOME_ACCOUNT, rights } from "../rights.ts";
import { roleGainsByAccount } from "../role-rewriting.ts";

const RBAC = "rbac.authorization.k8s.io";

/** A role that is not bound to the subject gives as much when it is bound to a service account of the same namespace that the subject can act as. */
export const escalateRoleOfAccount: EscalationEdge = {
  id: "ESCALATE_ROLE_OF_ACCOUNT",
  primitive: "R06",
  name: "rewrite roles of accounts",
  scope: "namespace",
  implies: [],
  effort: 2,
  names: "all",
  needs: () => [rights(["escalate"], RBAC, ["roles"]), rights(["update", "patch"], RBAC, ["roles"]), BECOME_ACCOUNT],
  applies: ({ namespace, names }, facts, holder) =>
    roleGainsByAccount(names ?? null, namespace, facts, holder).length > 0,
  gain: ({ namespace, names }, facts, holder) => roleGainsByAccount(names ?? null, namespace, facts, holder),
  severity: ({ namespace }, facts) => (namespace === null ? "high" : accountSeverity({ namespace }, facts, "high")),
  sentence: (place) =>
    `can give itself every right${inPlace(place)}: it may write any rule into ${namedOr("every role", place, "the role")}, and act as a service account that has it`,
  target: ({ namespace }, facts) => {
    const account = namespace === null ? null : facts.takeoverAccountIn(namespace);
    if (account) return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
    return {
      label: "Owns",
      title: namespace === null ? "namespaces where such a role is bound" : `namespace ${namespace}`,
      detail: "as an account with rules of its own",
    };
  },
  gives:
    "Any rule in a Role that is bound to a service account which the subject can act as, so every right in the namespace.",
  precondition: "a role that it may rewrite is bound to a service account of the namespace",
  fix: "Remove escalate; only the API server's own controllers need it.",
  technique: "T1098.006",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update",
};
