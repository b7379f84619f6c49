import type { ClusterObject } from "./metadata.ts";
import type { Labels } from "./labels.ts";

/** One rule of a role. Missing lists of the API arrive as empty lists, which match nothing (`resourceNames`: everything). */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`; kept as text, unknown operators match nothing. */
  readonly operator: string;
  readonly values: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly LabelSelectorRequirement[];
}

/** `metadata.namespace` is always present. */
export interface Role extends ClusterObject {
  readonly rules: readonly PolicyRule[];
}

export interface ClusterRole extends ClusterObject {
  readonly rules: readonly PolicyRule[];
  /** Selectors of an aggregated role; undefined when the role has no aggregationRule. */
  readonly aggregationSelectors?: readonly LabelSelector[];
}

/** A subject as it stands in a binding; `kind` may be anything the API server stored. */
export interface BindingSubject {
  readonly kind: string;
  readonly apiGroup: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface RoleReference {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

/** `metadata.namespace` is always present. */
export interface RoleBinding extends ClusterObject {
  readonly roleRef: RoleReference;
  readonly subjects: readonly BindingSubject[];
}

export interface ClusterRoleBinding extends ClusterObject {
  readonly roleRef: RoleReference;
  readonly subjects: readonly BindingSubject[];
}

export interface ServiceAccount extends ClusterObject {
  /** Undefined when not set on the account. */
  readonly automountServiceAccountToken?: boolean;
  /** Names of Secrets in `secrets` and `imagePullSecrets`. */
  readonly secrets: readonly string[];
  readonly imagePullSecrets: readonly string[];
  /**
   * Names of Secrets of its namespace that hold a token of it, sorted, as manifests declare them. Absent: none is known; of a live cluster Secrets
   * are never read.
   */
  readonly tokenSecrets?: readonly string[];
}
