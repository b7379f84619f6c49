import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];
const GATEWAY = "gateway.networking.k8s.io";
const ROUTES = [
  ["networking.k8s.io", "ingresses"],
  [GATEWAY, "gateways"],
  [GATEWAY, "grpcroutes"],
  [GATEWAY, "httproutes"],
  [GATEWAY, "referencegrants"],
  [GATEWAY, "tcproutes"],
  [GATEWAY, "tlsroutes"],
  ["route.openshift.io", "routes"],
] as const;

/** One proxy serves the routes of all namespaces: who writes them may take over names and paths, or reach into the proxy. */
export const routeWrite: EscalationEdge = {
  id: "ROUTE_WRITE",
  primitive: "R68",
  name: "write routes",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: ({ cluster }) => [
    ROUTES.filter(
      ([group, resource]) => group === "networking.k8s.io" || cluster.serves(group, resource) !== false,
    ).flatMap(([group, resource]) => rights(WRITE, group, [resource])),
  ],
  gain: () => ({ type: "none" }),
  severity: ({ namespace }) => (namespace === null ? "medium" : "low"),
  sentence: (place) =>
    `may publish names and paths to the outside: it may write ${namedOr("ingresses or routes", place, "the route")}${inPlace(place)}`,
  target: () => ({ label: "Intercepts", title: "traffic from outside", detail: "by a route for a name of others" }),
  gives: "Traffic for a host name or path that others serve, as far as the proxy lets routes overlap.",
  precondition: "a proxy that reads routes of the namespace",
  fix: "Limit which names a namespace may use in the proxy or by an admission policy, and switch off snippets.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/concepts/services-networking/ingress/",
};
