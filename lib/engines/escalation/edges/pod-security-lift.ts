import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights, START_POD } from "../rights.ts";
import { startingState } from "../start-pod.ts";

/** Pod Security is a label of the namespace: who may change it and start pods there makes them privileged. */
export const podSecurityLift: EscalationEdge = {
  id: "POD_SECURITY_LIFT",
  primitive: "R47",
  name: "lift Pod Security",
  scope: "namespace",
  implies: ["NAMESPACE_CREATE", "NAMESPACE_UPDATE"],
  effort: 2,
  needs: () => [rights(["update", "patch"], "", ["namespaces"]), START_POD],
  applies: ({ namespace, names }, { cluster }) => {
    if (!names) return true;
    if (namespace !== null) return names.includes(namespace);
    return cluster.unread("", "namespaces", null) || names.some((name) => cluster.namespaces.includes(name));
  },
  gain: () => ({ type: "nodes", names: null }),
  state: startingState,
  severity: () => "high",
  sentence: (place) =>
    `can run privileged pods${inPlace(place)}: it may change the namespace's Pod Security labels and start pods there`,
  target: () => ({ label: "Breaks out to", title: "any node", detail: "by a privileged pod" }),
  gives: "Root on any node of the cluster, whatever Pod Security level the namespace enforces now.",
  fix: "Remove update and patch on namespaces; let the labels be set by those who create them.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification",
};
