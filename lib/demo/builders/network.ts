import type { Json } from "#lib/model/metadata.ts";
import type { ClusterDraft } from "../draft.ts";
import type { App } from "./workloads.ts";
import { toLabels } from "#lib/model/labels.ts";
import { hashOf, nameSuffix } from "../random.ts";

const NETWORKING = "networking.k8s.io";

export interface ServiceFacts {
  readonly type?: "ClusterIP" | "LoadBalancer" | "NodePort";
  readonly port?: number;
  /** Public address of a load balancer. */
  readonly address?: string;
  readonly createdAt?: string;
}

/** Adds a Service of the application's name and the EndpointSlice with its pods. */
export function addService(draft: ClusterDraft, app: App, facts: ServiceFacts = {}): void {
  const { type = "ClusterIP", port = 80, address } = facts;
  const { namespace, name } = app;
  const hash = hashOf(`service ${namespace}/${name}`);
  const clusterIP = `10.96.${(hash >>> 8) % 256}.${(hash % 250) + 2}`;
  const nodePort: { readonly [field: string]: Json } = type === "ClusterIP" ? {} : { nodePort: 30000 + (hash % 2768) };
  draft.addSpec(
    "",
    "Service",
    { namespace, name, ...(facts.createdAt === undefined ? {} : { createdAt: facts.createdAt }) },
    {
      type,
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilyPolicy: "SingleStack",
      internalTrafficPolicy: "Cluster",
      ...(type === "ClusterIP" ? {} : { externalTrafficPolicy: "Cluster" }),
      selector: { "app.kubernetes.io/name": name },
      ports: [{ name: "http", protocol: "TCP", port, targetPort: app.port, ...nodePort }],
      ipFamilies: ["IPv4"],
    },
    { loadBalancer: address === undefined ? {} : { ingress: [{ ip: address, ipMode: "VIP" }] } },
  );
  addSlice(draft, app);
}

function addSlice(draft: ClusterDraft, { namespace, name, port, pods }: App): void {
  draft.addSpec(
    "discovery.k8s.io",
    "EndpointSlice",
    {
      namespace,
      name: `${name}-${nameSuffix(`slice ${namespace}/${name}`, 5)}`,
      labels: toLabels({
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        "kubernetes.io/service-name": name,
      }),
    },
    {
      addressType: "IPv4",
      endpoints: pods
        .slice(0, 100)
        .map((pod) => ({
          nodeName: pod.nodeName ?? "",
          addresses: pod.podIPs,
          conditions: { ready: true, serving: true, terminating: false },
          targetRef: { kind: "Pod", namespace, name: pod.metadata.name },
        })),
      ports: [{ name: "http", protocol: "TCP", port }],
    },
  );
}

/** Adds an Ingress that sends a host to a service. */
export function addIngress(draft: ClusterDraft, app: App, host: string, tls: boolean): void {
  const { namespace, name } = app;
  const backend = { service: { name, port: { number: 80 } } };
  draft.addSpec(
    NETWORKING,
    "Ingress",
    { namespace, name },
    {
      ingressClassName: "public",
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
      ...(tls ? { tls: [{ secretName: `${name}-tls`, hosts: [host] }] } : {}),
    },
    { loadBalancer: {} },
  );
}

export function addNetworkPolicy(draft: ClusterDraft, namespace: string, name: string, spec: Json): void {
  draft.addSpec(NETWORKING, "NetworkPolicy", { namespace, name }, spec);
}

/** Nothing in, nothing out, but name resolution. */
export function addDefaultDeny(draft: ClusterDraft, namespace: string): void {
  addNetworkPolicy(draft, namespace, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  const kubeSystem = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } };
  addNetworkPolicy(draft, namespace, "allow-dns", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [{ ...kubeSystem, podSelector: { matchLabels: { "app.kubernetes.io/name": "coredns" } } }],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ],
  });
}

/** Lets pods of one namespace reach one application of another. */
export function addAllowFrom(draft: ClusterDraft, app: App, fromNamespace: string): void {
  addNetworkPolicy(draft, app.namespace, `allow-${fromNamespace}-to-${app.name}`, {
    podSelector: { matchLabels: { "app.kubernetes.io/name": app.name } },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": fromNamespace } } }],
        ports: [{ protocol: "TCP", port: app.port }],
      },
    ],
  });
}
