import type { EscalationEdge } from "../edge.ts";

const NAMESPACE = "kube-system";
const NAME = "coredns";

/** The answers of the cluster's DNS server are rules in one ConfigMap. */
export const corednsConfigWrite: EscalationEdge = {
  id: "COREDNS_CONFIG_WRITE",
  primitive: "R67",
  name: "rewrite DNS",
  scope: "namespace",
  onlyIn: [NAMESPACE],
  implies: [],
  effort: 2,
  needs: () => [["update", "patch"].map((verb) => ({ verb, apiGroup: "", resource: "configmaps", name: NAME }))],
  applies: (_, { cluster }) =>
    cluster.unread("", "configmaps", NAMESPACE) ||
    cluster.objects.configMaps.some(({ metadata }) => metadata.namespace === NAMESPACE && metadata.name === NAME),
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: () => "can answer DNS queries of every pod as it likes: it may change the configuration of CoreDNS",
  target: () => ({
    label: "Intercepts",
    title: "names of the whole cluster",
    detail: "by the configuration of CoreDNS",
  }),
  gives: "Connections of any pod to a name of its choice, inside or outside the cluster.",
  fix: "Limit update and patch on ConfigMaps of kube-system to the names that are needed.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/",
};
