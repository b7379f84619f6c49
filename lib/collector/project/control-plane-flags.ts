import type { CommandFlag } from "#lib/model/pod.ts";

/** Binaries whose command line says how a cluster is protected. */
const KNOWN_BINARIES: ReadonlySet<string> = new Set([
  "cloud-controller-manager",
  "coredns",
  "etcd",
  "k3s",
  "konnectivity-server",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-proxy",
  "kube-scheduler",
  "kubelet",
  "rke2",
]);

/**
 * Flags of those binaries that a check reads. Their values are settings, file paths or addresses, never secrets
 * (kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kube-proxy and etcd share one list).
 */
const ALLOWED_FLAGS: ReadonlySet<string> = new Set([
  "admission-control",
  "admission-control-config-file",
  "advertise-client-urls",
  "allow-privileged",
  "anonymous-auth",
  "audit-log-format",
  "audit-log-maxage",
  "audit-log-maxbackup",
  "audit-log-maxsize",
  "audit-log-path",
  "audit-policy-file",
  "audit-webhook-config-file",
  "authentication-config",
  "authentication-kubeconfig",
  "authentication-token-webhook-config-file",
  "authorization-config",
  "authorization-kubeconfig",
  "authorization-mode",
  "authorization-webhook-config-file",
  "auto-tls",
  "basic-auth-file",
  "bind-address",
  "cert-file",
  "client-ca-file",
  "client-cert-auth",
  "cluster-cidr",
  "cluster-signing-cert-file",
  "cluster-signing-key-file",
  "config",
  "controllers",
  "disable-admission-plugins",
  "emulated-version",
  "enable-admission-plugins",
  "enable-aggregator-routing",
  "enable-bootstrap-token-auth",
  "encryption-provider-config",
  "etcd-cafile",
  "etcd-certfile",
  "etcd-keyfile",
  "etcd-servers",
  "event-ttl",
  "feature-gates",
  "insecure-bind-address",
  "insecure-port",
  "key-file",
  "kubelet-certificate-authority",
  "kubelet-client-certificate",
  "kubelet-client-key",
  "kubelet-https",
  "leader-elect",
  "listen-client-urls",
  "listen-metrics-urls",
  "listen-peer-urls",
  "max-mutating-requests-inflight",
  "max-requests-inflight",
  "metrics-bind-address",
  "oidc-client-id",
  "oidc-groups-claim",
  "oidc-groups-prefix",
  "oidc-issuer-url",
  "oidc-required-claim",
  "oidc-signing-algs",
  "oidc-username-claim",
  "oidc-username-prefix",
  "peer-auto-tls",
  "peer-cert-file",
  "peer-client-cert-auth",
  "peer-key-file",
  "peer-trusted-ca-file",
  "port",
  "profiling",
  "proxy-mode",
  "read-only-port",
  "request-timeout",
  "requestheader-allowed-names",
  "requestheader-client-ca-file",
  "root-ca-file",
  "rotate-certificates",
  "rotate-server-certificates",
  "runtime-config",
  "secure-port",
  "service-account-extend-token-expiration",
  "service-account-issuer",
  "service-account-jwks-uri",
  "service-account-key-file",
  "service-account-lookup",
  "service-account-max-token-expiration",
  "service-account-private-key-file",
  "service-account-signing-key-file",
  "service-cluster-ip-range",
  "service-node-port-range",
  "strict-transport-security-directives",
  "terminated-pod-gc-threshold",
  "tls-cert-file",
  "tls-cipher-suites",
  "tls-min-version",
  "tls-private-key-file",
  "token-auth-file",
  "trusted-ca-file",
  "use-service-account-credentials",
]);

/** Flags that are addresses and may carry a user and a password. */
const ADDRESS_FLAGS: ReadonlySet<string> = new Set([
  "etcd-servers",
  "listen-client-urls",
  "listen-metrics-urls",
  "listen-peer-urls",
  "advertise-client-urls",
  "oidc-issuer-url",
  "service-account-issuer",
  "service-account-jwks-uri",
]);

/** One allow-listed flag, or undefined; user information in an address is cut out. */
export function allowedFlag(name: string, value: string | undefined): CommandFlag | undefined {
  if (!ALLOWED_FLAGS.has(name)) return undefined;
  if (value === undefined) return { name };
  return { name, value: ADDRESS_FLAGS.has(name) ? value.replaceAll(/\/\/[^/@,]*@/g, "//") : value };
}

/** The known binary that a command starts, e.g. `kube-apiserver`; also behind a wrapper such as `/go-runner` or `sh -c`. */
export function knownBinary(words: readonly string[]): string | undefined {
  for (const word of words.slice(0, 8)) {
    const name = word.slice(word.lastIndexOf("/") + 1);
    if (KNOWN_BINARIES.has(name)) return name;
  }
  return undefined;
}

/**
 * Allow-listed flags of a command line in order. Reads `--name=value`, `--name value` and a bare `--name`;
 * everything else is dropped.
 */
export function readFlags(words: readonly string[]): readonly CommandFlag[] {
  const flags: CommandFlag[] = [];
  for (const [index, word] of words.entries()) {
    if (!word.startsWith("-")) continue;
    const text = word.replace(/^--?/, "");
    const equals = text.indexOf("=");
    const next = words[index + 1];
    const name = equals < 0 ? text : text.slice(0, equals);
    const separate = next !== undefined && !next.startsWith("-") ? next : undefined;
    const flag = allowedFlag(name, equals < 0 ? separate : text.slice(equals + 1));
    if (flag !== undefined) flags.push(flag);
  }
  return flags;
}
