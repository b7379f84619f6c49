/** Exact annotation keys that an engine reads; every other annotation is dropped when an object is parsed. */
const ALLOWED_KEYS: ReadonlySet<string> = new Set([
  "controller-of-component",
  "eks.amazonaws.com/role-arn",
  "iam.gke.io/gcp-service-account",
  "azure.workload.identity/client-id",
  "azure.workload.identity/tenant-id",
  "ingressclass.kubernetes.io/is-default-class",
  "kubernetes.io/config.mirror",
  "kubernetes.io/config.source",
  "kubernetes.io/enforce-mountable-secrets",
  "kubernetes.io/ingress.class",
  "kubernetes.io/psp",
  "openshift.io/scc",
  "rbac.authorization.kubernetes.io/autoupdate",
  "storageclass.kubernetes.io/is-default-class",
  // Where a Service or Ingress is exposed.
  "alb.ingress.kubernetes.io/scheme",
  "alb.ingress.kubernetes.io/inbound-cidrs",
  "cloud.google.com/load-balancer-type",
  "networking.gke.io/internal-load-balancer-allow-global-access",
  "networking.gke.io/load-balancer-type",
  "nginx.ingress.kubernetes.io/whitelist-source-range",
  "service.beta.kubernetes.io/aws-load-balancer-internal",
  "service.beta.kubernetes.io/aws-load-balancer-scheme",
  "service.beta.kubernetes.io/aws-load-balancer-type",
  "service.beta.kubernetes.io/azure-load-balancer-internal",
  "service.kubernetes.io/topology-mode",
  // Which network plugin runs on a node.
  "flannel.alpha.coreos.com/backend-type",
  "projectcalico.org/IPv4Address",
]);

/** Prefixes of annotation families whose values are security settings. */
const ALLOWED_PREFIXES: readonly string[] = [
  "apparmor.security.beta.kubernetes.io/",
  "container.apparmor.security.beta.kubernetes.io/",
  "container.seccomp.security.alpha.kubernetes.io/",
  "pod-security.kubernetes.io/",
  "seccomp.security.alpha.kubernetes.io/",
];

/** Longest value kept; allowed annotations are short, so a longer one is not what it claims to be. */
const MAX_VALUE_LENGTH = 1024;

export function isAllowedAnnotation(key: string, value: string): boolean {
  if (value.length > MAX_VALUE_LENGTH) return false;
  return ALLOWED_KEYS.has(key) || ALLOWED_PREFIXES.some((prefix) => key.startsWith(prefix));
}
