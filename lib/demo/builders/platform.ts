import type { Json } from "#lib/model/metadata.ts";
import type { ClusterDraft } from "../draft.ts";
import { defaultApiResources } from "./default-rbac.ts";

/** Adds the objects that an API server makes at its start: API services, priority classes and flow schemas. */
export function addServerObjects(draft: ClusterDraft): void {
  const versions = new Set(
    defaultApiResources()
      .filter(({ version }) => !version.includes("alpha"))
      .map(({ group, version }) => `${version}.${group}`),
  );
  for (const name of versions) {
    const [version = "", ...group] = name.split(".");
    draft.addSpec(
      "apiregistration.k8s.io",
      "APIService",
      { name },
      { group: group.join("."), version, groupPriorityMinimum: 17800, versionPriority: 15 },
      { conditions: [{ type: "Available", status: "True", reason: "Local" }] },
    );
  }
  const priorities = [
    ["system-cluster-critical", 2_000_000_000],
    ["system-node-critical", 2_000_001_000],
  ] as const;
  for (const [name, value] of priorities) {
    const spec = { value, preemptionPolicy: "PreemptLowerPriority" };
    draft.addSpec("scheduling.k8s.io", "PriorityClass", { name }, spec);
  }
  for (const [name, matchingPrecedence, level, subject] of FLOW_SCHEMAS)
    addFlowSchema(draft, name, matchingPrecedence, level, subject);
}

const FLOW_SCHEMAS = [
  ["catch-all", 10_000, "catch-all", "system:authenticated"],
  ["exempt", 1, "exempt", "system:masters"],
  ["global-default", 9_900, "global-default", "system:authenticated"],
  ["service-accounts", 9_000, "workload-low", "system:serviceaccounts"],
  ["system-nodes", 500, "system", "system:nodes"],
] as const;

function addFlowSchema(draft: ClusterDraft, name: string, precedence: number, level: string, group: string): void {
  draft.addSpec(
    "flowcontrol.apiserver.k8s.io",
    "FlowSchema",
    { name },
    {
      matchingPrecedence: precedence,
      priorityLevelConfiguration: { name: level },
      distinguisherMethod: { type: "ByUser" },
      rules: [
        {
          subjects: [{ kind: "Group", group: { name: group } }],
          resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], clusterScope: true, namespaces: ["*"] }],
          nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
        },
      ],
    },
  );
}

/** Adds a storage class with its driver, and the class for public ingress. */
export function addStorageAndIngress(draft: ClusterDraft, driver: string): void {
  draft.addSpec(
    "storage.k8s.io",
    "CSIDriver",
    { name: driver },
    {
      attachRequired: true,
      podInfoOnMount: false,
      fsGroupPolicy: "File",
      storageCapacity: false,
      volumeLifecycleModes: ["Persistent"],
    },
  );
  draft.addSpec(
    "storage.k8s.io",
    "StorageClass",
    { name: "fast", annotations: [["storageclass.kubernetes.io/is-default-class", "true"]] },
    {
      provisioner: driver,
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
  );
  draft.addSpec("networking.k8s.io", "IngressClass", { name: "public" }, { controller: "k8s.io/ingress-nginx" });
}

/** Adds a claim with its bound volume. */
export function addVolume(draft: ClusterDraft, namespace: string, name: string, driver: string): void {
  const claim = draft.addSpec(
    "",
    "PersistentVolumeClaim",
    { namespace, name },
    {
      storageClassName: "fast",
      volumeName: `pv-${namespace}-${name}`,
      volumeMode: "Filesystem",
      accessModes: ["ReadWriteOnce"],
    },
    { phase: "Bound" },
  );
  draft.addSpec(
    "",
    "PersistentVolume",
    { name: `pv-${namespace}-${name}` },
    {
      storageClassName: "fast",
      volumeMode: "Filesystem",
      persistentVolumeReclaimPolicy: "Delete",
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "20Gi" },
      claimRef: { namespace, name, uid: claim.metadata.uid ?? "" },
      csi: { driver },
    },
    { phase: "Bound" },
  );
}

export interface DefinitionFacts {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
}

export function addDefinition(draft: ClusterDraft, { group, version, kind, plural, scope }: DefinitionFacts): void {
  draft.addSpec(
    "apiextensions.k8s.io",
    "CustomResourceDefinition",
    { name: `${plural}.${group}` },
    {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true }],
      conversion: { strategy: "None" },
    },
    { storedVersions: [version] },
  );
}

export interface WebhookFacts {
  readonly kind: "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration";
  readonly name: string;
  readonly service: { readonly namespace: string; readonly name: string };
  readonly failurePolicy: "Fail" | "Ignore";
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly namespaceSelector?: Json;
}

export function addWebhook(draft: ClusterDraft, facts: WebhookFacts): void {
  const { kind, name, service, failurePolicy, apiGroups, resources, namespaceSelector = {} } = facts;
  draft.addSpec(
    "admissionregistration.k8s.io",
    kind,
    { name },
    {
      webhooks: [
        {
          name: `${name}.example.com`,
          failurePolicy,
          matchPolicy: "Equivalent",
          sideEffects: "None",
          timeoutSeconds: 10,
          clientConfig: { service: { ...service, path: "/admit", port: 443 }, caBundle: true },
          rules: [{ apiGroups, apiVersions: ["*"], operations: ["CREATE", "UPDATE"], resources, scope: "*" }],
          namespaceSelector,
          objectSelector: {},
          admissionReviewVersions: ["v1"],
        },
      ],
    },
  );
}
