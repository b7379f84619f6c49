import type { EscalationEdge } from "../edge.ts";

const VERBS = ["update", "patch", "delete"];
const LEASES = ["kube-controller-manager", "kube-scheduler"];

/** Who holds the lease leads; the component that loses it stops its work. */
export const controlPlaneLeaseWrite: EscalationEdge = {
  id: "CONTROL_PLANE_LEASE_WRITE",
  primitive: "R70",
  name: "take the lead",
  scope: "namespace",
  onlyIn: ["kube-system"],
  implies: [],
  effort: 1,
  needs: () => [
    LEASES.flatMap((name) =>
      VERBS.map((verb) => ({ verb, apiGroup: "coordination.k8s.io", resource: "leases", name })),
    ),
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: () => "may stop controllers or the scheduler of the cluster: it may take their leases",
  target: () => ({ label: "Stops", title: "controllers of the cluster", detail: "by their leases" }),
  gives: "A cluster whose controllers or scheduler stand still as long as it keeps the lease.",
  fix: "Limit the rule with resourceNames to the lease of the own controller.",
  technique: "T1489",
  source: "https://kubernetes.io/docs/concepts/architecture/leases/",
};
