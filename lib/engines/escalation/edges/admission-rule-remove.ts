import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Admission rules are objects like others: who may delete or change them switches them off. */
export const admissionRuleRemove: EscalationEdge = {
  id: "ADMISSION_RULE_REMOVE",
  primitive: "R61",
  name: "remove admission rules",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [
    rights(["update", "patch", "delete", "deletecollection"], "admissionregistration.k8s.io", [
      "mutatingwebhookconfigurations",
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
      "validatingwebhookconfigurations",
    ]),
  ],
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: (place) =>
    `may switch off ${namedOr("webhooks or policies that guard the cluster", place, "the webhook or policy")}`,
  target: () => ({ label: "Disables", title: "admission rules", detail: "webhooks and policies" }),
  gives: "A cluster without the webhooks and policies that refuse what RBAC allows.",
  fix: "Grant delete and update on them to their own controllers only, limited with resourceNames.",
  technique: "T1562.001",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
};
