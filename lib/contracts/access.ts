import { z } from "./z.ts";
import {
  completenessSchema,
  gapSchema,
  hopSchema,
  objectRefSchema,
  orderSchema,
  pageOf,
  pageQuerySchema,
  severitySchema,
  subjectSchema,
} from "./common.ts";

/** Where a right holds: everywhere, or in the named namespaces (`count` of them, the first few named). */
export const scopeSchema = z.object({ cluster: z.boolean(), count: z.number().int(), namespaces: z.array(z.string()) });
export type ScopeView = z.infer<typeof scopeSchema>;

export const grantSchema = z.object({
  binding: objectRefSchema,
  role: objectRefSchema,
  ruleIndex: z.number().int(),
  through: subjectSchema,
});
export type GrantView = z.infer<typeof grantSchema>;

/** One way a subject is dangerous: an escalation primitive that it holds. */
export const capabilitySchema = z.object({
  /** Edge id, e.g. `POD_EXEC`. */
  id: z.string(),
  /** Short words for chips: "exec into pods". */
  name: z.string(),
  severity: severitySchema,
  /** `proven`: works now; `latent`: something is still missing for it; `blocked`: a control stands against it. */
  state: z.enum(["proven", "latent", "blocked"]),
  /** Why it does not work now; null when it does. */
  reason: z.string().nullable(),
  scope: scopeSchema,
  /** Given only by the default roles and bindings of Kubernetes itself. */
  expected: z.boolean(),
});
export type CapabilityView = z.infer<typeof capabilitySchema>;

export const originSchema = z.enum(["system", "custom"]);

export const subjectRowSchema = z.object({
  /** `ServiceAccount:ns/name`, `User:name`, `Group:name`: the id in URLs (percent-encoded). */
  id: z.string(),
  subject: subjectSchema,
  /** Null: none of the known ways to escalate. */
  severity: severitySchema.nullable(),
  sentence: z.string(),
  capabilities: z.array(capabilitySchema),
  bindings: z.number().int(),
  pods: z.number().int(),
  /** False for a service account that is only named in a binding; true for users and groups. */
  exists: z.boolean(),
  /** `system`: belongs to Kubernetes itself and holds only what its defaults give. */
  origin: originSchema,
  /** Something about its rights could not be read. */
  incomplete: z.boolean(),
});
export type SubjectRow = z.infer<typeof subjectRowSchema>;

export const subjectsQuerySchema = pageQuerySchema.extend({
  search: z.string().max(300).default(""),
  kind: z.enum(["", "User", "Group", "ServiceAccount"]).default(""),
  severity: z.enum(["", "critical", "high", "medium", "low", "none"]).default(""),
  capability: z.string().max(60).default(""),
  namespace: z.string().max(300).default(""),
  origin: z.enum(["", "system", "custom"]).default(""),
  /** Who reaches it; Kubernetes' own components are left out. */
  reaches: z.enum(["", "cluster-admin"]).default(""),
  /** Who reaches cluster-admin now and not without this binding, `Kind:namespace/name`. */
  without: z.string().max(1000).default(""),
  sort: z.enum(["risk", "name", "namespace", "bindings", "pods"]).default("risk"),
  order: orderSchema.default("desc"),
});
export type SubjectsQuery = z.infer<typeof subjectsQuerySchema>;

export const subjectsPageSchema = pageOf(subjectRowSchema).extend({
  /** Verdict sentence of the access page, over all subjects whatever the filter. */
  sentence: z.string(),
  context: z.string(),
  completeness: completenessSchema,
  collectedAt: z.string(),
  /** Counts over all subjects, for filter chips. */
  facets: z.object({
    severity: z.array(z.object({ value: z.string(), count: z.number().int() })),
    kind: z.array(z.object({ value: z.string(), count: z.number().int() })),
    origin: z.array(z.object({ value: z.string(), count: z.number().int() })),
    capability: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
  }),
});
export type SubjectsPage = z.infer<typeof subjectsPageSchema>;

/** `resource` may be `pods`, `deployments.apps`, `pods/exec`, `deployments.apps/scale`. With `path` it is a non-resource question. */
export const whoCanQuerySchema = pageQuerySchema.extend({
  verb: z.string().max(100).default(""),
  resource: z.string().max(300).default(""),
  name: z.string().max(300).default(""),
  namespace: z.string().max(300).default(""),
  path: z.string().max(500).default(""),
  search: z.string().max(300).default(""),
});
export type WhoCanQuery = z.infer<typeof whoCanQuerySchema>;

export const whoCanRowSchema = z.object({
  id: z.string(),
  subject: subjectSchema,
  severity: severitySchema.nullable(),
  origin: originSchema,
  exists: z.boolean(),
  grants: z.array(grantSchema),
  /** Service accounts of the snapshot inside a group; null for other kinds. */
  members: z.number().int().nullable(),
});
export const whoCanPageSchema = pageOf(whoCanRowSchema).extend({
  /** "7 service accounts, 2 groups and 1 user can get secrets in payments". */
  sentence: z.string(),
  /** The question as understood, e.g. verb `get`, resource `secrets`, namespace `payments`. */
  question: z.object({
    verb: z.string(),
    group: z.string(),
    resource: z.string(),
    subresource: z.string(),
    name: z.string(),
    namespace: z.string(),
    path: z.string(),
  }),
  /** Remarks: resource unknown to this cluster, cluster-scoped resource asked with a namespace … */
  notes: z.array(z.string()),
  /** What could hide further subjects. Empty: the list is complete. */
  gaps: z.array(gapSchema),
  /** Always allowed without any binding: members of `system:masters`. */
  superusers: z.array(subjectSchema),
});
export type WhoCanPage = z.infer<typeof whoCanPageSchema>;

/** What the who-can form can complete. */
export const accessOptionsSchema = z.object({
  namespaces: z.array(z.string()),
  resources: z.array(
    z.object({ resource: z.string(), group: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()) }),
  ),
  verbs: z.array(z.string()),
});
export type AccessOptions = z.infer<typeof accessOptionsSchema>;

export const ruleSchema = z.object({
  verbs: z.array(z.string()),
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()),
  nonResourceURLs: z.array(z.string()),
});

export const roleRowSchema = z.object({
  ref: objectRefSchema,
  rules: z.number().int(),
  bindings: z.number().int(),
  subjects: z.number().int(),
  /** `*` somewhere in a verb, group or resource. */
  wildcard: z.boolean(),
  aggregated: z.boolean(),
  origin: originSchema,
  /** Worst capability the role would give if bound cluster-wide (ClusterRole) or in its namespace (Role). */
  severity: severitySchema.nullable(),
});
export type RoleRow = z.infer<typeof roleRowSchema>;
export const rolesQuerySchema = pageQuerySchema.extend({
  search: z.string().max(300).default(""),
  kind: z.enum(["", "Role", "ClusterRole"]).default(""),
  namespace: z.string().max(300).default(""),
  origin: z.enum(["", "system", "custom"]).default(""),
  use: z.enum(["", "bound", "unbound"]).default(""),
  /** Who made it: `yours`, `kubernetes` or the id of a known maker. */
  from: z.string().max(60).default(""),
  sort: z.enum(["risk", "name", "namespace", "rules", "bindings", "subjects"]).default("risk"),
  order: orderSchema.default("desc"),
});
export type RolesQuery = z.infer<typeof rolesQuerySchema>;
export const rolesPageSchema = pageOf(roleRowSchema).extend({
  sentence: z.string(),
  completeness: completenessSchema,
  /** Who made the roles, over all of them. */
  makers: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
});

export type RolesPage = z.infer<typeof rolesPageSchema>;

/** Detail of one role for the side panel. Query: kind, namespace, name. */
export const roleDetailQuerySchema = z.object({
  kind: z.enum(["Role", "ClusterRole"]),
  namespace: z.string().max(300).default(""),
  name: z.string().min(1).max(500),
});
export const roleDetailSchema = z.object({
  role: roleRowSchema,
  rules: z.array(ruleSchema),
  /** For an aggregated role: the roles its rules come from, per rule index; `drift` when stored rules differ from what aggregation gives. */
  aggregation: z
    .object({
      selectors: z.array(z.string()),
      sources: z.array(z.object({ ruleIndex: z.number().int(), roles: z.array(z.string()) })),
      drift: z.boolean(),
    })
    .nullable(),
  boundBy: z.array(
    z.object({ binding: objectRefSchema, subjects: z.array(subjectSchema), subjectCount: z.number().int() }),
  ),
  yaml: z.string(),
});
export type RoleDetail = z.infer<typeof roleDetailSchema>;

export const bindingRowSchema = z.object({
  ref: objectRefSchema,
  roleRef: objectRefSchema,
  /** `missing`: the role does not exist; `unreadable`: it could not be read. */
  roleState: z.enum(["found", "missing", "unreadable", "invalid"]),
  subjects: z.array(subjectSchema),
  subjectCount: z.number().int(),
  /** Subjects that are service accounts which do not exist. */
  missingSubjects: z.number().int(),
  severity: severitySchema.nullable(),
  origin: originSchema,
});
export type BindingRow = z.infer<typeof bindingRowSchema>;
export const bindingsQuerySchema = pageQuerySchema.extend({
  search: z.string().max(300).default(""),
  kind: z.enum(["", "RoleBinding", "ClusterRoleBinding"]).default(""),
  namespace: z.string().max(300).default(""),
  origin: z.enum(["", "system", "custom"]).default(""),
  problem: z.enum(["", "missing-role", "missing-subject", "no-subjects"]).default(""),
  sort: z.enum(["risk", "name", "namespace", "role", "subjects"]).default("risk"),
  order: orderSchema.default("desc"),
});
export type BindingsQuery = z.infer<typeof bindingsQuerySchema>;
export const bindingsPageSchema = pageOf(bindingRowSchema).extend({
  sentence: z.string(),
  completeness: completenessSchema,
});
export const bindingDetailQuerySchema = z.object({
  kind: z.enum(["RoleBinding", "ClusterRoleBinding"]),
  namespace: z.string().max(300).default(""),
  name: z.string().min(1).max(500),
});
export const bindingDetailSchema = z.object({
  binding: bindingRowSchema,
  allSubjects: z.array(z.object({ id: z.string(), subject: subjectSchema, exists: z.boolean() })),
  yaml: z.string(),
});
export type BindingDetail = z.infer<typeof bindingDetailSchema>;

export const subjectParamsSchema = z.object({
  clusterId: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9-]+$/),
  subject: z.string().min(1).max(1000),
});

/** A capability with its proof. */
export const capabilityDetailSchema = capabilitySchema.extend({
  sentence: z.string(),
  chain: z.array(hopSchema),
  /** Each request that must be allowed, with the grant that allows it. */
  needs: z.array(z.object({ request: z.string(), grant: grantSchema.nullable() })),
  gives: z.string(),
  fix: z.string(),
  /** ATT&CK technique id. */
  technique: z.string(),
  reference: z.string(),
});
export type CapabilityDetail = z.infer<typeof capabilityDetailSchema>;

export const subjectDetailSchema = z.object({
  row: subjectRowSchema,
  sentence: z.string(),
  /** Second line: what one change would take the worst capability away, or why nothing is needed. */
  context: z.string(),
  collectedAt: z.string(),
  completeness: completenessSchema,
  /** Groups it is in, fixed ones of service accounts included; where they are only assumed `assumed` is true. */
  groups: z.array(z.object({ name: z.string(), assumed: z.boolean() })),
  capabilities: z.array(capabilityDetailSchema),
  bindings: z.array(
    z.object({
      binding: objectRefSchema,
      role: objectRefSchema,
      roleState: z.enum(["found", "missing", "unreadable", "invalid"]),
      through: subjectSchema,
      rules: z.number().int(),
    }),
  ),
  runs: z.object({
    pods: z.number().int(),
    nodes: z.number().int(),
    workloads: z.array(
      z.object({
        kind: z.string(),
        namespace: z.string(),
        name: z.string(),
        pods: z.number().int(),
        tokenMounted: z.boolean(),
      }),
    ),
    workloadCount: z.number().int(),
  }),
  /** Number of effective permission entries in all scopes. */
  permissionCount: z.number().int(),
  /** Scopes in which it has any right: "" is the cluster. */
  scopes: z.array(z.string()),
});
export type SubjectDetail = z.infer<typeof subjectDetailSchema>;

/** Effective permissions: one entry per distinct verbs × resources × scope, merged over namespaces that give the same. */
export const permissionRowSchema = z.object({
  id: z.string(),
  verbs: z.array(z.string()),
  /** `pods`, `deployments.apps`, `*`, or URL paths. */
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()),
  nonResource: z.boolean(),
  scope: scopeSchema,
  /** Worst capability that one of these rights takes part in. */
  severity: severitySchema.nullable(),
  /** Why the entry gives nothing, e.g. cluster-scoped resource in a RoleBinding; null when it is effective. */
  inert: z.string().nullable(),
  grants: z.array(grantSchema),
});
export type PermissionRow = z.infer<typeof permissionRowSchema>;
export const permissionsQuerySchema = pageQuerySchema.extend({
  search: z.string().max(300).default(""),
  /** "" all, "cluster", or a namespace as `ns:NAME`. */
  scope: z.string().max(300).default(""),
  dangerous: z.enum(["", "yes"]).default(""),
  sort: z.enum(["risk", "resources", "verbs", "scope"]).default("risk"),
  order: orderSchema.default("desc"),
});
export type PermissionsQuery = z.infer<typeof permissionsQuerySchema>;
export const permissionsPageSchema = pageOf(permissionRowSchema);

/** Palette: objects by name, and a question that was understood. */
export const searchQuerySchema = z.object({
  q: z.string().max(300).default(""),
  clusterId: z.string().max(64).default(""),
});
export const searchResultSchema = z.object({
  question: z
    .object({ sentence: z.string(), href: z.string(), /** Short answer, e.g. "7 subjects". */ answer: z.string() })
    .nullable(),
  objects: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
      clusterId: z.string(),
      clusterName: z.string(),
      href: z.string(),
    }),
  ),
});
export type SearchResult = z.infer<typeof searchResultSchema>;
