import type { Labels } from "#lib/model/labels.ts";
import type { BindingSubject, LabelSelector, PolicyRule, RoleReference } from "#lib/model/rbac.ts";
import type { ClusterDraft } from "../draft.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";
const NONE: readonly never[] = [];

/** A rule in short form: `allow("get,list", "", "pods,pods/log")`; groups, verbs and resources are separated by commas. */
export function allow(verbs: string, groups: string, resources: string, names: readonly string[] = NONE): PolicyRule {
  return {
    verbs: verbs.split(","),
    apiGroups: groups.split(","),
    resources: resources.split(","),
    resourceNames: names,
    nonResourceURLs: NONE,
  };
}

/** A rule for paths of the API server. */
export function allowPaths(verbs: string, paths: readonly string[]): PolicyRule {
  return { verbs: verbs.split(","), apiGroups: NONE, resources: NONE, resourceNames: NONE, nonResourceURLs: paths };
}

export function user(name: string): BindingSubject {
  return { kind: "User", apiGroup: RBAC_GROUP, name };
}

export function group(name: string): BindingSubject {
  return { kind: "Group", apiGroup: RBAC_GROUP, name };
}

export function account(namespace: string, name: string): BindingSubject {
  return { kind: "ServiceAccount", apiGroup: "", name, namespace };
}

export function clusterRole(name: string): RoleReference {
  return { apiGroup: RBAC_GROUP, kind: "ClusterRole", name };
}

export function role(name: string): RoleReference {
  return { apiGroup: RBAC_GROUP, kind: "Role", name };
}

/** When and how an object was made, where that matters. */
export interface Origin {
  readonly labels?: Labels;
  readonly createdAt?: string;
}

export function addServiceAccount(
  draft: ClusterDraft,
  namespace: string,
  name: string,
  { automount, ...origin }: Origin & { readonly automount?: boolean } = {},
): void {
  draft.addAccount({
    metadata: draft.metadata("ServiceAccount", { namespace, name, ...origin }),
    ...(automount === undefined ? {} : { automountServiceAccountToken: automount }),
    secrets: NONE,
    imagePullSecrets: NONE,
  });
}

export function addClusterRole(
  draft: ClusterDraft,
  name: string,
  rules: readonly PolicyRule[],
  { aggregationSelectors, ...origin }: Origin & { readonly aggregationSelectors?: readonly LabelSelector[] } = {},
): void {
  const metadata = draft.metadata("ClusterRole", { name, ...origin });
  draft.add("clusterRoles", { metadata, rules, ...(aggregationSelectors ? { aggregationSelectors } : {}) });
}

export function addRole(
  draft: ClusterDraft,
  namespace: string,
  name: string,
  rules: readonly PolicyRule[],
  origin: Origin = {},
): void {
  draft.add("roles", { metadata: draft.metadata("Role", { namespace, name, ...origin }), rules });
}

export function bindCluster(
  draft: ClusterDraft,
  name: string,
  roleName: string,
  subjects: readonly BindingSubject[],
  origin: Origin = {},
): void {
  const metadata = draft.metadata("ClusterRoleBinding", { name, ...origin });
  draft.add("clusterRoleBindings", { metadata, roleRef: clusterRole(roleName), subjects });
}

export function bind(
  draft: ClusterDraft,
  namespace: string,
  name: string,
  roleRef: RoleReference,
  subjects: readonly BindingSubject[],
  origin: Origin = {},
): void {
  const metadata = draft.metadata("RoleBinding", { namespace, name, ...origin });
  draft.add("roleBindings", { metadata, roleRef, subjects });
}
