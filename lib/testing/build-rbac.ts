import type { Labels } from "#lib/model/labels.ts";
import type { ObjectMetadata } from "#lib/model/metadata.ts";
import type {
  BindingSubject,
  ClusterRole,
  PolicyRule,
  Role,
  RoleBinding,
  RoleReference,
  ServiceAccount,
} from "#lib/model/rbac.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";

/** Metadata of an object without labels, annotations or owner. */
export function aMetadata(metadata: Partial<ObjectMetadata> & { readonly name: string }): ObjectMetadata {
  return { labels: [], annotations: [], ownerReferences: [], ...metadata };
}

/** `get pods` of the core group; with `nonResourceURLs` a rule for those paths alone. */
export function aRule(rule: Partial<PolicyRule> = {}): PolicyRule {
  const resource = rule.nonResourceURLs === undefined ? { apiGroups: [""], resources: ["pods"] } : NO_RESOURCE;
  return { verbs: ["get"], ...resource, resourceNames: [], nonResourceURLs: [], ...rule };
}

const NO_RESOURCE = { apiGroups: [], resources: [] };

export function aRole(namespace: string, name: string, rules: readonly PolicyRule[] = [aRule()]): Role {
  return { metadata: aMetadata({ name, namespace }), rules };
}

export function aClusterRole(
  name: string,
  rules: readonly PolicyRule[] = [aRule()],
  { labels = [], ...role }: Partial<Pick<ClusterRole, "aggregationSelectors">> & { readonly labels?: Labels } = {},
): ClusterRole {
  return { metadata: aMetadata({ name, labels }), rules, ...role };
}

/** A RoleBinding where it has a `namespace`, else a ClusterRoleBinding. `role` is the name of a ClusterRole, or a whole reference. */
export function aBinding({
  name = "binding",
  namespace,
  role,
  subjects = [],
  labels = [],
}: {
  readonly name?: string;
  readonly namespace?: string;
  readonly role: string | RoleReference;
  readonly subjects?: readonly BindingSubject[];
  readonly labels?: Labels;
}): RoleBinding {
  const roleRef = typeof role === "string" ? { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: role } : role;
  return {
    metadata: aMetadata({ name, labels, ...(namespace === undefined ? {} : { namespace }) }),
    roleRef,
    subjects,
  };
}

/** Reference to a Role in the namespace of the binding. */
export function toRole(name: string): RoleReference {
  return { apiGroup: RBAC_GROUP, kind: "Role", name };
}

export function aUser(name: string): BindingSubject {
  return { kind: "User", apiGroup: RBAC_GROUP, name };
}

export function aGroup(name: string): BindingSubject {
  return { kind: "Group", apiGroup: RBAC_GROUP, name };
}

/** A service account as it stands in a binding; without `namespace` the subject has none. */
export function anAccount(namespace: string | undefined, name: string): BindingSubject {
  return { kind: "ServiceAccount", apiGroup: "", name, ...(namespace === undefined ? {} : { namespace }) };
}

export function aServiceAccount(
  namespace: string,
  name: string,
  account: Partial<Pick<ServiceAccount, "automountServiceAccountToken" | "secrets" | "tokenSecrets">> = {},
): ServiceAccount {
  return { metadata: aMetadata({ name, namespace }), secrets: [], imagePullSecrets: [], ...account };
}

/** Label of objects that the API server itself creates and repairs. */
export const DEFAULT_LABELS: Labels = [["kubernetes.io/bootstrapping", "rbac-defaults"]];
