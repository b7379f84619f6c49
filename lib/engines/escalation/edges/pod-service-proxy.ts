import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** The API server itself sends the request on; the verb is that of the HTTP method. */
export const podServiceProxy: EscalationEdge = {
  id: "POD_SERVICE_PROXY",
  primitive: "R43",
  name: "proxy to pods",
  scope: "namespace",
  implies: [],
  effort: 1,
  needs: () => [rights(["get", "create", "update", "patch", "delete"], "", ["pods/proxy", "services/proxy"])],
  gain: () => ({ type: "none" }),
  severity: ({ namespace }, facts) => (namespace === null || facts.isSystemNamespace(namespace) ? "medium" : "low"),
  sentence: (place) => `may send HTTP requests to pods or services${inPlace(place)} through the API server`,
  target: ({ namespace }) => ({
    label: "Reaches",
    title: namespace === null ? "every pod and service" : `pods and services of ${namespace}`,
    detail: "by HTTP, as the API server",
  }),
  gives: "HTTP requests to any port of pods and services, from the address of the API server.",
  fix: "Remove pods/proxy and services/proxy; publish what must be reached through an ingress that asks for credentials.",
  technique: "T1090",
  source: "https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/",
};
