import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A quota is what keeps one namespace from using up the cluster. */
export const resourceQuotaWrite: EscalationEdge = {
  id: "RESOURCE_QUOTA_WRITE",
  primitive: "R71",
  name: "change quotas",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [
    rights(["create", "update", "patch", "delete", "deletecollection"], "", ["limitranges", "resourcequotas"]),
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: (place) => `may lift or tighten the quotas${inPlace(place)}`,
  target: ({ namespace }) => ({
    label: "Unlimits",
    title: namespace === null ? "every namespace" : `namespace ${namespace}`,
    detail: "its share of the cluster",
  }),
  gives: "As much of the cluster's resources as the namespace asks for, or none of them for others in it.",
  fix: "Let quotas be set by who runs the cluster, not by who uses the namespace.",
  technique: "T1499",
  source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
};
