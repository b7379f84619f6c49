import type { Container, PodSpec, ProjectedSource, Volume } from "#lib/model/pod.ts";
import type { JsonRecord } from "./values.ts";
import { optional, projectContainer, securityContext } from "./container.ts";
import { textPairs } from "./metadata.ts";
import {
  fieldOf,
  optionalBoolean,
  optionalInteger,
  optionalRecord,
  optionalText,
  recordOf,
  recordsOf,
  textOf,
} from "./values.ts";

/** Name that the API server's ServiceAccount admission gives the token volume, with a random end. */
const TOKEN_VOLUME = /^(kube-api-access)-[a-z0-9]{5}$/;

/**
 * The part of a pod specification that an engine reads. Defaults of the API server that matter are applied: service
 * account `default`, protocol TCP. The random end of the admitted token volume's name is dropped, so that replicas of
 * one template are equal.
 */
export function projectPodSpec(spec: JsonRecord): PodSpec {
  const rename = tokenVolumeNames(spec);
  return {
    // `serviceAccount` is the deprecated alias, which the API server copies.
    serviceAccountName: optionalText(spec, "serviceAccountName") ?? optionalText(spec, "serviceAccount") ?? "default",
    ...optional("automountServiceAccountToken", optionalBoolean(spec, "automountServiceAccountToken")),
    ...optional("hostNetwork", optionalBoolean(spec, "hostNetwork")),
    ...optional("hostPID", optionalBoolean(spec, "hostPID")),
    ...optional("hostIPC", optionalBoolean(spec, "hostIPC")),
    ...optional("hostUsers", optionalBoolean(spec, "hostUsers")),
    ...optional("shareProcessNamespace", optionalBoolean(spec, "shareProcessNamespace")),
    ...optional("osName", optionalText(recordOf(spec, "os"), "name")),
    ...optional("runtimeClassName", optionalText(spec, "runtimeClassName")),
    ...optional("priorityClassName", optionalText(spec, "priorityClassName")),
    ...optional("schedulerName", optionalText(spec, "schedulerName")),
    ...optional("restartPolicy", optionalText(spec, "restartPolicy")),
    ...optional("hostname", optionalText(spec, "hostname")),
    ...optional("subdomain", optionalText(spec, "subdomain")),
    ...optional("securityContext", securityContext(spec)),
    containers: [
      ...projectContainers("container", recordsOf(spec, "containers"), rename),
      ...projectContainers("init", recordsOf(spec, "initContainers"), rename),
      ...projectContainers("ephemeral", recordsOf(spec, "ephemeralContainers"), rename),
    ],
    volumes: recordsOf(spec, "volumes").map((volume) => projectVolume(volume, rename)),
    tolerations: recordsOf(spec, "tolerations").map((toleration) => ({
      ...optional("key", optionalText(toleration, "key")),
      ...optional("operator", optionalText(toleration, "operator")),
      ...optional("value", optionalText(toleration, "value")),
      ...optional("effect", optionalText(toleration, "effect")),
    })),
    nodeSelector: textPairs(recordOf(spec, "nodeSelector"), "nodeSelector"),
    imagePullSecrets: recordsOf(spec, "imagePullSecrets").map((reference) => textOf(reference, "name")),
    resourceClaims: recordsOf(spec, "resourceClaims").map((claim) => textOf(claim, "name")),
  };
}

type Rename = (name: string) => string;

/** Shortens names of token volumes; keeps a name when two volumes would get the same one. */
function tokenVolumeNames(spec: JsonRecord): Rename {
  const names = recordsOf(spec, "volumes").map((volume) => textOf(volume, "name"));
  const renamed = new Map<string, string>();
  for (const name of names) {
    const short = TOKEN_VOLUME.exec(name)?.[1];
    if (short !== undefined && !names.includes(short) && ![...renamed.values()].includes(short)) {
      renamed.set(name, short);
    }
  }
  return (name) => renamed.get(name) ?? name;
}

function projectContainers(
  kind: Container["kind"],
  containers: readonly JsonRecord[],
  rename: Rename,
): readonly Container[] {
  return containers.map((container) => {
    const projected = projectContainer(kind, container);
    const volumeMounts = projected.volumeMounts.map((mount) => ({ ...mount, name: rename(mount.name) }));
    return { ...projected, volumeMounts };
  });
}

function projectVolume(volume: JsonRecord, rename: Rename): Volume {
  const hostPath = optionalRecord(volume, "hostPath");
  const projected = optionalRecord(volume, "projected");
  return {
    name: rename(textOf(volume, "name")),
    type: volumeType(volume),
    ...optional(
      "hostPath",
      hostPath && { path: textOf(hostPath, "path"), ...optional("type", optionalText(hostPath, "type")) },
    ),
    ...optional("secretName", optionalText(recordOf(volume, "secret"), "secretName")),
    ...optional("configMapName", optionalText(recordOf(volume, "configMap"), "name")),
    ...optional("claimName", optionalText(recordOf(volume, "persistentVolumeClaim"), "claimName")),
    ...optional("csiDriver", optionalText(recordOf(volume, "csi"), "driver")),
    ...optional("projected", projected && recordsOf(projected, "sources").map(projectSource)),
  };
}

/** Name of the source that is set; `emptyDir` when none is, as the API server defaults it. */
function volumeType(volume: JsonRecord): string {
  const types = Object.keys(volume).filter((key) => key !== "name" && fieldOf(volume, key) !== undefined);
  return types[0] ?? "emptyDir";
}

function projectSource(source: JsonRecord): ProjectedSource {
  const token = optionalRecord(source, "serviceAccountToken");
  if (token !== undefined) {
    return {
      type: "serviceAccountToken",
      ...optional("audience", optionalText(token, "audience")),
      ...optional("expirationSeconds", optionalInteger(token, "expirationSeconds")),
    };
  }
  for (const type of ["secret", "configMap", "downwardAPI", "clusterTrustBundle", "podCertificate"] as const) {
    const part = optionalRecord(source, type);
    if (part !== undefined) return { type, ...optional("name", optionalText(part, "name")) };
  }
  return { type: "other" };
}
