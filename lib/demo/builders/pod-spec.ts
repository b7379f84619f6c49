import type { Json } from "#lib/model/metadata.ts";
import type { Container, PodSpec, Volume, VolumeMount } from "#lib/model/pod.ts";

/** How carefully a workload was written: by the rules of `restricted`, as a tutorial does it, or with all rights on the node. */
export type PodProfile = "restricted" | "plain" | "privileged";

const NONE: readonly never[] = [];

const CONTAINER_CONTEXTS: Readonly<Record<PodProfile, Json | undefined>> = {
  restricted: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  },
  plain: undefined,
  privileged: { privileged: true },
};
const POD_CONTEXTS: Readonly<Record<PodProfile, Json>> = {
  restricted: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  plain: {},
  privileged: {},
};

export interface ContainerFacts extends Partial<Omit<Container, "name" | "image">> {
  readonly name: string;
  readonly image: string;
}

export function aContainer(facts: ContainerFacts, profile: PodProfile): Container {
  const securityContext = facts.securityContext ?? CONTAINER_CONTEXTS[profile];
  const { name, image, ...others } = facts;
  return {
    kind: "container",
    name,
    image,
    imagePullPolicy: /:latest$|^[^:]+$/.test(image) ? "Always" : "IfNotPresent",
    ...(securityContext === undefined ? {} : { securityContext }),
    ports: NONE,
    environment: NONE,
    environmentFrom: NONE,
    volumeMounts: NONE,
    volumeDevices: NONE,
    probeHosts: NONE,
    resources: profile === "restricted" ? LIMITED : { requests: NONE, limits: NONE, claims: NONE },
    flags: NONE,
    ...others,
  };
}

const LIMITED: Container["resources"] = {
  requests: [
    ["cpu", "100m"],
    ["memory", "128Mi"],
  ],
  limits: [["memory", "256Mi"]],
  claims: NONE,
};

/** A specification as it stands in a template. */
export function aPodSpec(
  profile: PodProfile,
  facts: Partial<PodSpec> & { readonly containers: readonly Container[] },
): PodSpec {
  return {
    serviceAccountName: "default",
    schedulerName: "default-scheduler",
    restartPolicy: "Always",
    securityContext: POD_CONTEXTS[profile],
    volumes: NONE,
    tolerations: NONE,
    nodeSelector: NONE,
    imagePullSecrets: NONE,
    resourceClaims: NONE,
    ...facts,
  };
}

const TOKEN_VOLUME: Volume = {
  name: "kube-api-access",
  type: "projected",
  projected: [
    { type: "serviceAccountToken", expirationSeconds: 3607 },
    { type: "configMap", name: "kube-root-ca.crt" },
    { type: "downwardAPI" },
  ],
};
const TOKEN_MOUNT: VolumeMount = {
  name: "kube-api-access",
  mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
  readOnly: true,
};
const DEFAULT_TOLERATIONS: PodSpec["tolerations"] = ["not-ready", "unreachable"].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: "Exists",
  effect: "NoExecute",
}));

/** The specification of a pod after admission: with the token volume, where one is mounted, and the default tolerations. */
export function admitted(spec: PodSpec, mountsToken: boolean): PodSpec {
  return {
    ...spec,
    tolerations: [...spec.tolerations, ...DEFAULT_TOLERATIONS],
    ...(mountsToken
      ? {
          volumes: [...spec.volumes, TOKEN_VOLUME],
          containers: spec.containers.map((container) => ({
            ...container,
            volumeMounts: [...container.volumeMounts, TOKEN_MOUNT],
          })),
        }
      : {}),
  };
}
