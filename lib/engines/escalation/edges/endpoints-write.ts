import { apiBackends } from "../api-backends.ts";
import { inPlace, type EdgeFacts, type EscalationEdge, type Place } from "../edge.ts";
import { rights } from "../rights.ts";

/** Endpoints say where a Service leads; behind some Services stands what the API server itself asks. */
export const endpointsWrite: EscalationEdge = {
  id: "ENDPOINTS_WRITE",
  primitive: "R65",
  name: "redirect services",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [
    [
      ...rights(["create", "update", "patch"], "", ["endpoints"]),
      ...rights(["create", "update", "patch"], "discovery.k8s.io", ["endpointslices"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: (place, facts) => (backends(place, facts).length > 0 ? "high" : "medium"),
  sentence: (place, facts) => {
    const [backend] = backends(place, facts);
    return `may redirect services${inPlace(place)} to addresses of its choice${backend === undefined ? "" : `, among them ${backend}, which the API server itself asks`}`;
  },
  target: (place, facts) => {
    const [backend] = backends(place, facts);
    return {
      label: "Redirects",
      title: place.namespace === null ? "every service" : `services of ${place.namespace}`,
      detail: backend === undefined ? "to addresses of its choice" : `also ${backend}, which the API server asks`,
    };
  },
  gives:
    "Connections that are meant for a service; behind webhooks and aggregated APIs those of the API server, as far as certificates let them.",
  fix: "Leave endpoints to the controllers of the control plane; the default roles have not contained them since 1.22.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#write-access-for-endpoints",
};

/** Services of the place that the API server asks, as namespace/name. A slice bears the name of its Service in front of its own. */
function backends({ namespace, names }: Place, { cluster }: EdgeFacts): readonly string[] {
  return [...apiBackends(cluster.objects)]
    .filter(([own]) => namespace === null || own === namespace)
    .flatMap(([own, services]) =>
      [...services]
        .filter((service) => !names || names.some((name) => name === service || name.startsWith(`${service}-`)))
        .map((service) => `${own}/${service}`),
    );
}
