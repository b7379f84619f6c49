import type { Namespace, Node, SpecObject } from "#lib/model/cluster-objects.ts";
import type { Json, ObjectMetadata, OwnerReference } from "#lib/model/metadata.ts";
import type { Labels } from "#lib/model/labels.ts";
import type { Container, Pod, PodSpec, Workload } from "#lib/model/pod.ts";
import type {
  ClusterRole,
  ClusterRoleBinding,
  LabelSelector,
  Role,
  RoleBinding,
  ServiceAccount,
} from "#lib/model/rbac.ts";
import { z } from "zod";
import { WORKLOAD_KINDS } from "#lib/model/pod.ts";

/**
 * The stored form of each collection. It is the model itself, except that label sets, owner references and pod
 * specifications are numbers: indexes into the tables of their chunk.
 */
const index = z.int().nonnegative();
const text = z.string();
const texts = z.array(text);
const flag = z.boolean();
/** Chunks are parsed by JSON.parse, so whatever stands here is JSON; it is not copied, so odd keys stay what they are. */
const json = z.custom<Json>((value) => value !== undefined);

export const labelsSchema = z.array(z.tuple([text, text])) satisfies z.ZodType<Labels>;
export const ownersSchema = z.array(
  z.object({ apiVersion: text, kind: text, name: text, uid: text, controller: flag }),
) satisfies z.ZodType<OwnerReference[]>;

const metadata = z.object({
  name: text,
  namespace: text.optional(),
  uid: text.optional(),
  labels: index,
  annotations: index,
  createdAt: text.optional(),
  deletedAt: text.optional(),
  ownerReferences: index,
});

const selector = z.object({
  matchLabels: labelsSchema,
  matchExpressions: z.array(z.object({ key: text, operator: text, values: texts })),
}) satisfies z.ZodType<LabelSelector>;

const dataReference = z.object({ kind: z.enum(["Secret", "ConfigMap"]), name: text, key: text.optional() });

const container = z.object({
  kind: z.enum(["container", "init", "ephemeral"]),
  name: text,
  image: text,
  imagePullPolicy: text.optional(),
  restartPolicy: text.optional(),
  securityContext: json.optional(),
  ports: z.array(
    z.object({
      name: text.optional(),
      containerPort: z.int(),
      hostPort: z.int().optional(),
      hostIP: text.optional(),
      protocol: text,
    }),
  ),
  environment: z.array(
    z.object({ name: text, source: z.union([z.enum(["literal", "field", "resource", "file"]), dataReference]) }),
  ),
  environmentFrom: z.array(dataReference),
  volumeMounts: z.array(z.object({ name: text, mountPath: text, subPath: text.optional(), readOnly: flag })),
  volumeDevices: texts,
  probeHosts: z.array(z.object({ path: text, host: text })),
  resources: z.object({ requests: labelsSchema, limits: labelsSchema, claims: texts }),
  binary: text.optional(),
  flags: z.array(z.object({ name: text, value: text.optional() })),
}) satisfies z.ZodType<Container>;

const projectedSource = z.object({
  type: z.enum([
    "serviceAccountToken",
    "secret",
    "configMap",
    "downwardAPI",
    "clusterTrustBundle",
    "podCertificate",
    "other",
  ]),
  name: text.optional(),
  audience: text.optional(),
  expirationSeconds: z.int().optional(),
});

export const podSpecSchema = z.object({
  serviceAccountName: text,
  automountServiceAccountToken: flag.optional(),
  hostNetwork: flag.optional(),
  hostPID: flag.optional(),
  hostIPC: flag.optional(),
  hostUsers: flag.optional(),
  shareProcessNamespace: flag.optional(),
  osName: text.optional(),
  runtimeClassName: text.optional(),
  priorityClassName: text.optional(),
  schedulerName: text.optional(),
  restartPolicy: text.optional(),
  hostname: text.optional(),
  subdomain: text.optional(),
  securityContext: json.optional(),
  containers: z.array(container),
  volumes: z.array(
    z.object({
      name: text,
      type: text,
      hostPath: z.object({ path: text, type: text.optional() }).optional(),
      secretName: text.optional(),
      configMapName: text.optional(),
      claimName: text.optional(),
      csiDriver: text.optional(),
      projected: z.array(projectedSource).optional(),
    }),
  ),
  tolerations: z.array(
    z.object({ key: text.optional(), operator: text.optional(), value: text.optional(), effect: text.optional() }),
  ),
  nodeSelector: labelsSchema,
  imagePullSecrets: texts,
  resourceClaims: texts,
}) satisfies z.ZodType<PodSpec>;

const rules = z.array(
  z.object({ verbs: texts, apiGroups: texts, resources: texts, resourceNames: texts, nonResourceURLs: texts }),
);
const binding = {
  metadata,
  roleRef: z.object({ apiGroup: text, kind: text, name: text }),
  subjects: z.array(z.object({ kind: text, apiGroup: text, name: text, namespace: text.optional() })),
};

/** An object as it is stored: the model with its metadata in stored form. */
type Stored<T extends { readonly metadata: ObjectMetadata }> = Omit<T, "metadata"> & {
  readonly metadata: Omit<ObjectMetadata, "labels" | "annotations" | "ownerReferences"> & {
    readonly labels: number;
    readonly annotations: number;
    readonly ownerReferences: number;
  };
};

const namespaceSchema = z.object({ metadata, phase: text.optional() }) satisfies z.ZodType<Stored<Namespace>>;

const nodeSchema = z.object({
  metadata,
  addresses: z.array(z.object({ type: text, address: text })),
  podCIDRs: texts,
  taints: z.array(z.object({ key: text, value: text.optional(), effect: text })),
  unschedulable: flag,
  ready: flag.optional(),
  info: z.object({
    kubeletVersion: text.optional(),
    kubeProxyVersion: text.optional(),
    containerRuntimeVersion: text.optional(),
    kernelVersion: text.optional(),
    osImage: text.optional(),
    operatingSystem: text.optional(),
    architecture: text.optional(),
  }),
  providerId: text.optional(),
}) satisfies z.ZodType<Stored<Node>>;

const podSchema = z.object({
  metadata,
  spec: index,
  nodeName: text.optional(),
  phase: text.optional(),
  podIPs: texts,
  hostIP: text.optional(),
  imageIds: index,
}) satisfies z.ZodType<Omit<Stored<Pod>, "spec" | "imageIds"> & { readonly spec: number; readonly imageIds: number }>;

const workloadSchema = z.object({
  metadata,
  kind: z.enum(WORKLOAD_KINDS),
  group: text,
  replicas: z.int().optional(),
  selector: selector.optional(),
  template: z.object({ labels: index, annotations: index, spec: index }),
  schedule: text.optional(),
  suspended: flag.optional(),
}) satisfies z.ZodType<
  Omit<Stored<Workload>, "template"> & {
    readonly template: { readonly labels: number; readonly annotations: number; readonly spec: number };
  }
>;

const serviceAccountSchema = z.object({
  metadata,
  automountServiceAccountToken: flag.optional(),
  secrets: texts,
  imagePullSecrets: texts,
  tokenSecrets: texts.optional(),
}) satisfies z.ZodType<Stored<ServiceAccount>>;

const roleSchema = z.object({ metadata, rules }) satisfies z.ZodType<Stored<Role>>;
const clusterRoleSchema = z.object({
  metadata,
  rules,
  aggregationSelectors: z.array(selector).optional(),
}) satisfies z.ZodType<Stored<ClusterRole>>;
const roleBindingSchema = z.object(binding) satisfies z.ZodType<Stored<RoleBinding>>;
const clusterRoleBindingSchema = z.object(binding) satisfies z.ZodType<Stored<ClusterRoleBinding>>;

const specObjectSchema = z.object({
  metadata,
  group: text,
  kind: text,
  version: text,
  spec: json,
  status: json.optional(),
}) satisfies z.ZodType<Stored<SpecObject>>;

export type StoredPod = z.infer<typeof podSchema>;
export type StoredWorkload = z.infer<typeof workloadSchema>;

/** Schema of the objects of one collection. */
export const storedSchemas = {
  namespaces: namespaceSchema,
  nodes: nodeSchema,
  pods: podSchema,
  workloads: workloadSchema,
  serviceAccounts: serviceAccountSchema,
  roles: roleSchema,
  clusterRoles: clusterRoleSchema,
  roleBindings: roleBindingSchema,
  clusterRoleBindings: clusterRoleBindingSchema,
  other: specObjectSchema,
} as const;
