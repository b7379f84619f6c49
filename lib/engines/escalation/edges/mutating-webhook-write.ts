import type { ClusterFacts } from "../cluster-facts.ts";
import { namedOr, type EscalationEdge, type Holder } from "../edge.ts";
import { isObjectName, rights } from "../rights.ts";

const GROUP = "admissionregistration.k8s.io";
const RESOURCE = "mutatingwebhookconfigurations";
const KIND = "MutatingWebhookConfiguration";

/** Every object that anybody writes passes through the webhook first, which may change it: pods of any namespace get a container more. */
export const mutatingWebhookWrite: EscalationEdge = {
  id: "MUTATING_WEBHOOK_WRITE",
  primitive: "R58",
  name: "rewrite objects",
  scope: "cluster",
  implies: ["MUTATING_POLICY_WRITE", "VALIDATING_WEBHOOK_WRITE"],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], GROUP, [RESOURCE])],
  gain: () => ({ type: "new-pods", namespace: null }),
  state: ({ names }, { cluster }, holder) =>
    !names || names.some((name) => isThere(name, cluster) || mayCreate(name, holder))
      ? { state: "active" }
      : { state: "latent", reason: `no mutating webhook ${names.join(" or ")} is there` },
  severity: () => "high",
  sentence: (place) =>
    `can rewrite whatever anybody creates: it may change ${namedOr("mutating webhooks", place, "the mutating webhooks")}`,
  target: () => ({ label: "Rewrites", title: "every new object", detail: "pods of any namespace among them" }),
  gives:
    "Every object on its way into the cluster, secrets among them, and a container of its own in pods that others create.",
  precondition: "an address of its own that the API server reaches",
  fix: "Let one controller write its own webhook, limited with resourceNames, and nobody else.",
  technique: "T1546",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks",
};

function isThere(name: string, { objects, unread }: ClusterFacts): boolean {
  return (
    unread(GROUP, RESOURCE, null) ||
    objects.webhookConfigurations.some(({ kind, metadata }) => kind === KIND && metadata.name === name)
  );
}

/** By server-side apply, which asks for both with the name. */
function mayCreate(name: string, holder: Holder): boolean {
  return (
    isObjectName(name) &&
    ["patch", "create"].every((verb) => holder.holds({ verb, apiGroup: GROUP, resource: RESOURCE, name }, null))
  );
}
