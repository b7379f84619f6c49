import type { EscalationLink } from "../link.ts";

/** Who may do everything owns every namespace and node. */
export const clusterContents: EscalationLink = {
  id: "CLUSTER_CONTENTS",
  name: "owns everything",
  effort: 1,
  from: ["target"],
  *links(from) {
    if (from.type !== "target" || from.target !== "cluster-admin") return;
    const because = "every right on every resource";
    yield { to: { type: "namespace-admin", namespace: null }, because };
    yield { to: { type: "nodes", names: null }, because };
    yield { to: { type: "secrets", namespace: null, names: null }, because };
  },
  gives: "Every namespace, every node and every secret.",
  fix: "Bind cluster-admin to as few subjects as possible.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
};
