import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The webhook is sent every object that it asks for and may refuse it. */
export const validatingWebhookWrite: EscalationEdge = {
  id: "VALIDATING_WEBHOOK_WRITE",
  primitive: "R59",
  name: "watch requests",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create", "update", "patch"], "admissionregistration.k8s.io", ["validatingwebhookconfigurations"]),
  ],
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: (place) =>
    `can read whatever anybody writes, and refuse it: it may change ${namedOr("validating webhooks", place, "the validating webhooks")}`,
  target: () => ({ label: "Reads", title: "every written object", detail: "new secrets among them" }),
  gives: "Every object on its way into the cluster, new secrets among them, and a veto; not what is stored already.",
  precondition: "an address of its own that the API server reaches",
  fix: "Let one controller write its own webhook, limited with resourceNames, and nobody else.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks",
};
