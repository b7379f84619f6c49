import type { Shape } from "./shape.ts";
import { fields, list, map, presence, scalar, whole } from "./shape.ts";

/** What the network engine reads of policies, services and routes. Kept parts hold selectors, ports and addresses only. */

const reference = fields("group kind namespace name sectionName port weight");
const portNumberOrName = fields("name number");

export const networkPolicySpec: Shape = fields("", {
  podSelector: whole,
  policyTypes: list(scalar),
  ingress: list(fields("", { from: list(whole), ports: list(fields("protocol port endPort")) })),
  egress: list(fields("", { to: list(whole), ports: list(fields("protocol port endPort")) })),
});

/** AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy: selectors, actions, ports and addresses. */
export const adminNetworkPolicySpec: Shape = fields("priority tier", { subject: whole, ingress: whole, egress: whole });

const ciliumPorts = list(
  fields("listener", {
    ports: list(fields("port endPort protocol")),
    serverNames: list(scalar),
    // Layer 7 rules may match on header values; that they exist is enough.
    rules: map(presence),
    originatingTLS: presence,
    terminatingTLS: presence,
  }),
);
const ciliumPeers = {
  fromEndpoints: whole,
  fromRequires: whole,
  fromCIDR: whole,
  fromCIDRSet: whole,
  fromEntities: whole,
  fromGroups: presence,
  fromNodes: whole,
  toEndpoints: whole,
  toRequires: whole,
  toCIDR: whole,
  toCIDRSet: whole,
  toEntities: whole,
  toServices: whole,
  toFQDNs: whole,
  toGroups: presence,
  toNodes: whole,
  toPorts: ciliumPorts,
  icmps: whole,
  authentication: presence,
};
const ciliumRule = {
  endpointSelector: whole,
  nodeSelector: whole,
  enableDefaultDeny: fields("ingress egress"),
  ingress: list(fields("", ciliumPeers)),
  ingressDeny: list(fields("", ciliumPeers)),
  egress: list(fields("", ciliumPeers)),
  egressDeny: list(fields("", ciliumPeers)),
};
export const ciliumSpec: Shape = fields("", ciliumRule);
/** The list `specs`, which stands beside `spec` in a Cilium policy. */
export const ciliumSpecs: Shape = list(fields("", ciliumRule));

const calicoEntity = fields("selector notSelector namespaceSelector", {
  nets: list(scalar),
  notNets: list(scalar),
  ports: list(scalar),
  notPorts: list(scalar),
  serviceAccounts: whole,
  services: fields("name namespace"),
});
const calicoRules = list(
  fields("action protocol notProtocol ipVersion", {
    icmp: whole,
    notICMP: whole,
    source: calicoEntity,
    destination: calicoEntity,
    http: presence,
  }),
);
export const calicoPolicySpec: Shape = fields(
  "order tier selector namespaceSelector serviceAccountSelector applyOnForward preDNAT doNotTrack",
  { types: list(scalar), ingress: calicoRules, egress: calicoRules },
);

export const serviceSpec: Shape = fields(
  "type clusterIP externalName externalTrafficPolicy internalTrafficPolicy loadBalancerIP loadBalancerClass " +
    "publishNotReadyAddresses ipFamilyPolicy healthCheckNodePort",
  {
    selector: map(scalar),
    ports: list(fields("name protocol port targetPort nodePort appProtocol")),
    clusterIPs: list(scalar),
    externalIPs: list(scalar),
    loadBalancerSourceRanges: list(scalar),
    ipFamilies: list(scalar),
  },
);
export const loadBalancerStatus: Shape = fields("", {
  loadBalancer: fields("", { ingress: list(fields("ip hostname ipMode")) }),
});

export const endpointSliceRoot = {
  addressType: scalar,
  endpoints: list(
    fields("nodeName", {
      addresses: list(scalar),
      conditions: fields("ready serving terminating"),
      targetRef: fields("kind namespace name"),
    }),
  ),
  ports: list(fields("name protocol port appProtocol")),
} as const;

const ingressBackend = fields("", {
  service: fields("name", { port: portNumberOrName }),
  resource: fields("apiGroup kind name"),
});
export const ingressSpec: Shape = fields("ingressClassName", {
  defaultBackend: ingressBackend,
  rules: list(
    fields("host", { http: fields("", { paths: list(fields("path pathType", { backend: ingressBackend })) }) }),
  ),
  tls: list(fields("secretName", { hosts: list(scalar) })),
});
export const ingressClassSpec: Shape = fields("controller", {
  parameters: fields("apiGroup kind namespace name scope"),
});

export const gatewayClassSpec: Shape = fields("controllerName");
export const gatewaySpec: Shape = fields("gatewayClassName", {
  addresses: list(fields("type value")),
  listeners: list(
    fields("name hostname port protocol", {
      tls: fields("mode", { certificateRefs: list(reference) }),
      allowedRoutes: whole,
    }),
  ),
});
export const gatewayStatus: Shape = fields("", { addresses: list(fields("type value")) });

/** HTTP, GRPC, TLS and TCP routes. Header values, which may be credentials, are left out. */
export const routeSpec: Shape = fields("", {
  parentRefs: list(reference),
  hostnames: list(scalar),
  rules: list(
    fields("name", {
      matches: list(fields("", { path: fields("type value"), method: presence })),
      backendRefs: list(reference),
      filters: list(fields("type", { requestMirror: fields("", { backendRef: reference }) })),
    }),
  ),
});
export const referenceGrantSpec: Shape = fields("", {
  from: list(fields("group kind namespace")),
  to: list(fields("group kind name")),
});

/** OpenShift route without its certificates and keys. */
export const openShiftRouteSpec: Shape = fields("host path wildcardPolicy", {
  to: fields("kind name weight"),
  alternateBackends: list(fields("kind name weight")),
  port: fields("targetPort"),
  tls: fields("termination insecureEdgeTerminationPolicy"),
});
