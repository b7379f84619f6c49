import type { EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Answers what others may do and whether a stolen token still works, without trying it. */
export const accessRecon: EscalationEdge = {
  id: "ACCESS_RECON",
  primitive: "R75",
  name: "explore access",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [
    [
      ...rights(["create"], "authentication.k8s.io", ["tokenreviews"]),
      ...rights(["create"], "authorization.k8s.io", ["subjectaccessreviews"]),
      ...rights(["list", "watch"], "rbac.authorization.k8s.io", ["clusterrolebindings"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: () => "may find out what others are allowed to do, or whom a token belongs to",
  target: () => ({ label: "Learns", title: "who may do what", detail: "without a trace at the subject itself" }),
  gives: "A map of the cluster's rights, or proof that a token found elsewhere works and whose it is.",
  fix: "Keep reviews to API servers of extensions, and the list of bindings to auditors.",
  technique: "T1087",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authorization/",
};
