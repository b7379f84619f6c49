import type {
  BindingSubject,
  ClusterRole,
  ClusterRoleBinding,
  LabelSelector,
  PolicyRule,
  Role,
  RoleBinding,
  ServiceAccount,
} from "#lib/model/rbac.ts";
import type { Interner } from "./interner.ts";
import type { ProjectionContext } from "./metadata.ts";
import type { JsonRecord } from "./values.ts";
import { projectMetadata, textPairs } from "./metadata.ts";
import {
  InvalidObject,
  optionalBoolean,
  optionalRecord,
  optionalText,
  recordOf,
  recordsOf,
  requiredText,
  textOf,
  textsOf,
} from "./values.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";

export function projectRole(object: JsonRecord, context: ProjectionContext): Role {
  return { metadata: projectMetadata(object, true, context), rules: projectRules(object, context.interner) };
}

export function projectClusterRole(object: JsonRecord, context: ProjectionContext): ClusterRole {
  const role = { metadata: projectMetadata(object, false, context), rules: projectRules(object, context.interner) };
  const aggregation = optionalRecord(object, "aggregationRule");
  if (aggregation === undefined) return role;
  const aggregationSelectors = recordsOf(aggregation, "clusterRoleSelectors").map(projectLabelSelector);
  return { ...role, aggregationSelectors };
}

export function projectRoleBinding(object: JsonRecord, context: ProjectionContext): RoleBinding {
  return { metadata: projectMetadata(object, true, context), ...projectBinding(object, context.interner) };
}

export function projectClusterRoleBinding(object: JsonRecord, context: ProjectionContext): ClusterRoleBinding {
  return { metadata: projectMetadata(object, false, context), ...projectBinding(object, context.interner) };
}

export function projectServiceAccount(object: JsonRecord, context: ProjectionContext): ServiceAccount {
  const automountServiceAccountToken = optionalBoolean(object, "automountServiceAccountToken");
  return {
    metadata: projectMetadata(object, true, context),
    ...(automountServiceAccountToken === undefined ? {} : { automountServiceAccountToken }),
    secrets: recordsOf(object, "secrets").map((reference) => textOf(reference, "name")),
    imagePullSecrets: recordsOf(object, "imagePullSecrets").map((reference) => textOf(reference, "name")),
  };
}

/** A label selector as it stands; empty parts stay empty, so `{}` matches everything. */
export function projectLabelSelector(selector: JsonRecord): LabelSelector {
  return {
    matchLabels: textPairs(recordOf(selector, "matchLabels"), "matchLabels"),
    matchExpressions: recordsOf(selector, "matchExpressions").map((requirement) => ({
      key: textOf(requirement, "key"),
      operator: textOf(requirement, "operator"),
      values: textsOf(requirement, "values"),
    })),
  };
}

function projectRules(object: JsonRecord, interner: Interner): readonly PolicyRule[] {
  const texts = (rule: JsonRecord, key: string): readonly string[] => {
    const values = textsOf(rule, key).map((value) => interner.text(value));
    return interner.shared(`texts:${JSON.stringify(values)}`, () => values);
  };
  const rules = recordsOf(object, "rules").map((rule) => ({
    verbs: texts(rule, "verbs"),
    apiGroups: texts(rule, "apiGroups"),
    resources: texts(rule, "resources"),
    resourceNames: texts(rule, "resourceNames"),
    nonResourceURLs: texts(rule, "nonResourceURLs"),
  }));
  return interner.shared(`rules:${JSON.stringify(rules)}`, () => rules);
}

function projectBinding(object: JsonRecord, interner: Interner): Pick<RoleBinding, "roleRef" | "subjects"> {
  const roleRef = optionalRecord(object, "roleRef");
  if (roleRef === undefined) throw new InvalidObject("roleRef");
  return {
    roleRef: {
      apiGroup: interner.text(optionalText(roleRef, "apiGroup") ?? RBAC_GROUP),
      kind: interner.text(requiredText(roleRef, "kind")),
      name: interner.text(requiredText(roleRef, "name")),
    },
    subjects: recordsOf(object, "subjects").map((subject) => projectSubject(subject, interner)),
  };
}

/** Applies the API server's default group: RBAC for users and groups, core for service accounts. */
function projectSubject(subject: JsonRecord, interner: Interner): BindingSubject {
  const kind = interner.text(textOf(subject, "kind"));
  const namespace = optionalText(subject, "namespace");
  const defaultGroup = kind === "User" || kind === "Group" ? RBAC_GROUP : "";
  return {
    kind,
    apiGroup: interner.text(optionalText(subject, "apiGroup") ?? defaultGroup),
    name: interner.text(textOf(subject, "name")),
    ...(namespace === undefined ? {} : { namespace: interner.text(namespace) }),
  };
}
