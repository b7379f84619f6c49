import { completenessSchema, objectRefSchema, severitySchema, subjectSchema } from "./common.ts";
import { attackPathSchema, pathPlaceSchema } from "./paths.ts";
import { z } from "./z.ts";

export const MAX_WHAT_IF_TEXT = 1_000_000;
export const MAX_WHAT_IF_OBJECTS = 200;

export const changeableKindSchema = z.enum([
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ServiceAccount",
]);
export type ChangeableKind = z.infer<typeof changeableKindSchema>;

/** An object that may be marked as removed; `namespace` is absent for those of the whole cluster. */
export const removedObjectSchema = z.object({
  kind: changeableKindSchema,
  namespace: z.string().min(1).max(300).optional(),
  name: z.string().min(1).max(1000),
});
export type RemovedObject = z.infer<typeof removedObjectSchema>;

/** What would be written and what would be removed. Objects that are written count where both name one. */
export const whatIfRequestSchema = z.object({
  /** Manifests: several YAML documents, JSON, or a List. */
  text: z.string().max(MAX_WHAT_IF_TEXT).default(""),
  remove: z.array(removedObjectSchema).max(MAX_WHAT_IF_OBJECTS).default([]),
});
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>;

/** - `unchanged`: it is there just so; `missing`: marked as removed, but not there. `follows`: an aggregated role whose rules change with another role. */
export const objectEffectSchema = z.enum(["created", "replaced", "unchanged", "removed", "missing", "follows"]);
export type ObjectEffect = z.infer<typeof objectEffectSchema>;

/** Who begins or ceases to reach one target. */
export const reachChangeSchema = z.object({
  /** For links to paths: `cluster-admin`, `namespace/payments`, … */
  target: z.object({ id: z.string(), place: pathPlaceSchema, severity: severitySchema }),
  count: z.number().int(),
  /** The first few. */
  subjects: z.array(subjectSchema),
  /** The easiest way of the first subject: after the changes, or for what is lost before them. Null where it is not worked out. */
  path: attackPathSchema.nullable(),
});
export type ReachChange = z.infer<typeof reachChangeSchema>;

export const permissionChangeSchema = z.object({
  subject: subjectSchema,
  /** Null: in the whole cluster. */
  namespace: z.string().nullable(),
  rule: z.string(),
});
export type PermissionChange = z.infer<typeof permissionChangeSchema>;

const permissionChanges = z.object({ count: z.number().int(), items: z.array(permissionChangeSchema) });

export const whatIfSchema = z.object({
  sentence: z.string(),
  objects: z.array(z.object({ object: objectRefSchema, effect: objectEffectSchema, notes: z.array(z.string()) })),
  /** Worst first. Who takes over the cluster reaches everything and is counted there only. */
  reach: z.object({ gained: z.array(reachChangeSchema), lost: z.array(reachChangeSchema) }),
  /** Of bindings that name the subject itself; what a group gains is told once, for the group. The first few of each. */
  permissions: z.object({ gained: permissionChanges, lost: permissionChanges }),
  /** Subjects named above that only the change makes known, as of `formatSubject`: the scan has nothing to say of them. */
  newSubjects: z.array(z.string()),
  completeness: completenessSchema,
});
export type WhatIf = z.infer<typeof whatIfSchema>;
