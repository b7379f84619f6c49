import type { Json } from "#lib/model/metadata.ts";
import type { JsonRecord } from "./values.ts";
import { parse } from "yaml";
import { allowedFlag } from "./control-plane-flags.ts";
import { cutToShape, fields, list, map, scalar, whole } from "./shape.ts";
import { fieldOf, isRecord, recordOf, textOf } from "./values.ts";

/** Longest component configuration that is parsed. */
const MAX_CONFIG_LENGTH = 256 * 1024;

const kubeletConfig = fields(
  "readOnlyPort rotateCertificates serverTLSBootstrap tlsMinVersion podPidsLimit seccompDefault eventRecordQPS " +
    "protectKernelDefaults makeIPTablesUtilChains streamingConnectionIdleTimeout staticPodPath " +
    "enableDebuggingHandlers enableSystemLogHandler enableProfilingHandler cgroupDriver failSwapOn tlsCertFile " +
    "tlsPrivateKeyFile clusterDomain",
  {
    authentication: fields("", {
      anonymous: fields("enabled"),
      webhook: fields("enabled"),
      x509: fields("clientCAFile"),
    }),
    authorization: fields("mode"),
    tlsCipherSuites: list(scalar),
    allowedUnsafeSysctls: list(scalar),
    featureGates: map(scalar),
  },
);
const kubeProxyConfig = fields("bindAddress healthzBindAddress metricsBindAddress mode clusterCIDR", {
  featureGates: map(scalar),
});
const kubeadmConfig = fields("kubernetesVersion clusterName controlPlaneEndpoint certificatesDir imageRepository", {
  networking: fields("dnsDomain podSubnet serviceSubnet"),
  etcd: fields("", { local: fields("dataDir"), external: fields("", { endpoints: list(scalar) }) }),
  featureGates: map(scalar),
});
const authenticationConfig = fields(
  "client-ca-file requestheader-client-ca-file requestheader-allowed-names requestheader-extra-headers-prefix " +
    "requestheader-group-headers requestheader-username-headers",
);
const awsAuth = fields("mapRoles mapUsers mapAccounts");

/**
 * Allow-listed settings of the component ConfigMaps; undefined for every other ConfigMap, whose content is never read.
 * Embedded YAML is parsed and cut down: kubelet, kube-proxy and kubeadm settings stand under `config`.
 */
export function projectConfigMap(name: string, object: JsonRecord): Json | undefined {
  const data = recordOf(object, "data");
  switch (name) {
    case "aws-auth":
      return { data: cutToShape(data, awsAuth, "data") };
    case "extension-apiserver-authentication":
      return { data: cutToShape(data, authenticationConfig, "data") };
    case "kubelet-config":
      return { config: cutToShape(embeddedYaml(data, "kubelet"), kubeletConfig, "data.kubelet") };
    case "kube-proxy":
      return { config: cutToShape(embeddedYaml(data, "config.conf"), kubeProxyConfig, "data") };
    case "kubeadm-config":
      return { config: projectKubeadm(embeddedYaml(data, "ClusterConfiguration")) };
    case "coredns":
      return { keys: Object.keys(data).sort() };
    default:
      return undefined;
  }
}

/** An empty record when the text is absent, too long or not a YAML mapping. */
function embeddedYaml(data: JsonRecord, key: string): JsonRecord {
  const text = textOf(data, key);
  if (text === "" || text.length > MAX_CONFIG_LENGTH) return {};
  try {
    const value: unknown = parse(text, { maxAliasCount: 0, logLevel: "error" });
    return isRecord(value) ? value : {};
  } catch {
    return {}; // An unreadable component configuration is a missing fact; the checks that need it say "not observable".
  }
}

function projectKubeadm(config: JsonRecord): Json {
  const components = ["apiServer", "controllerManager", "scheduler"].map(
    (name) => [name, { extraArgs: flagsOf(recordOf(config, name)) }] as const,
  );
  const apiServer = { ...Object.fromEntries(components).apiServer, certSANs: namesOf(recordOf(config, "apiServer")) };
  const kept = cutToShape(config, kubeadmConfig, "data.ClusterConfiguration");
  return { ...(isRecord(kept) ? kept : {}), ...Object.fromEntries(components), apiServer };
}

function namesOf(component: JsonRecord): Json {
  return cutToShape(fieldOf(component, "certSANs") ?? [], whole, "certSANs");
}

/** `extraArgs` is a map up to v1beta3 and a list of name and value since v1beta4; both become a list of allow-listed flags. */
function flagsOf(component: JsonRecord): Json {
  const extra = fieldOf(component, "extraArgs");
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(extra)
    ? extra.filter(isRecord).map((entry) => [entry.name, entry.value] as const)
    : isRecord(extra)
      ? Object.entries(extra)
      : [];
  return pairs.flatMap(([name, value]) => {
    const flag =
      typeof name === "string" ? allowedFlag(name, typeof value === "string" ? value : undefined) : undefined;
    return flag === undefined ? [] : [{ ...flag }];
  });
}
