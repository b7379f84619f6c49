import type { EscalationLink } from "../link.ts";

/** The group is allowed before any authorizer is asked; no binding gives that and removing one does not take it. */
export const masters: EscalationLink = {
  id: "MASTERS",
  primitive: "R01",
  name: "is allowed everything",
  effort: 0,
  from: ["target"],
  *links(from) {
    if (from.type === "target" && from.target === "masters")
      yield { to: { type: "target", target: "cluster-admin" }, because: "system:masters passes every authorizer" };
  },
  gives: "Every request, past RBAC and every other authorizer, and past the rules against escalation.",
  fix: "Issue no credential with this group; replace such client certificates by ones that expire soon.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings",
};
