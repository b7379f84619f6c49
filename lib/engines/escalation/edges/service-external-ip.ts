import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A Service may claim any address: traffic of the nodes for it then goes to its pods. Still so, and known as CVE-2020-8554. */
export const serviceExternalIp: EscalationEdge = {
  id: "SERVICE_EXTERNAL_IP",
  primitive: "R64",
  name: "claim addresses",
  scope: "namespace",
  implies: ["ROUTE_WRITE"],
  effort: 2,
  needs: () => [
    [
      ...rights(["create", "update", "patch"], "", ["services"]),
      ...rights(["update", "patch"], "", ["services/status"]),
    ],
  ],
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: (place) =>
    `can draw traffic for any address to itself: it may write ${namedOr("services", place, "the service")}${inPlace(place)}`,
  target: () => ({
    label: "Intercepts",
    title: "traffic of the cluster",
    detail: "to an address that the service claims",
  }),
  gives: "Connections from pods and nodes to an address of its choice, inside or outside the cluster.",
  precondition: "no admission rule against external addresses",
  fix: "Switch on the admission plugin DenyServiceExternalIPs, and remove update and patch on services/status.",
  technique: "T1557",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
};
