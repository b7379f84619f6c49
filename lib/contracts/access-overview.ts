import { bindingRowSchema, subjectRowSchema } from "./access.ts";
import { completenessSchema, gapSchema, objectRefSchema, severitySchema, subjectSchema } from "./common.ts";
import { z } from "./z.ts";

/** What was not read and could change a part of the answer. Empty: nothing. */
const missing = z.array(gapSchema);

export const dangerousBindingSchema = z.object({
  binding: objectRefSchema,
  role: objectRefSchema,
  /** Who made it, by label or name: `Yours`, `Cilium`. */
  maker: z.string(),
  subjectCount: z.number().int(),
  /** Who reaches cluster-admin now and not without this binding; the first few named. */
  losing: z.object({ count: z.number().int(), subjects: z.array(subjectSchema) }),
});
export type DangerousBinding = z.infer<typeof dangerousBindingSchema>;

export const massGrantSchema = z.object({
  binding: objectRefSchema,
  role: objectRefSchema,
  roleState: bindingRowSchema.shape.roleState,
  subject: subjectSchema,
  /** `anyone`: without a credential; `everyone`: with any; `every-account`: every pod; `namespace`: every pod of one. */
  breadth: z.enum(["anyone", "everyone", "every-account", "namespace"]),
  /** The namespace whose accounts are meant; null for all of them. */
  accountsIn: z.string().nullable(),
  /** Service accounts of this scan that it reaches; null where that says nothing or they could not be read. */
  accounts: z.number().int().nullable(),
  /** Worst capability that the role gives there; null: none of the known ones. */
  severity: severitySchema.nullable(),
  sentence: z.string().nullable(),
  rules: z.number().int(),
  maker: z.string(),
});
export type MassGrant = z.infer<typeof massGrantSchema>;

export const looseEndSchema = z.object({
  problem: z.enum(["missing-role", "missing-subject", "no-subjects", "unbound-roles"]),
  count: z.number().int(),
  severity: severitySchema.nullable(),
  /** The worst few. */
  examples: z.array(objectRefSchema),
});
export type LooseEnd = z.infer<typeof looseEndSchema>;

export const roleOriginSchema = z.object({
  /** `kubernetes`, `yours` or the id of a known maker: the value of `from` in the query of roles. */
  id: z.string(),
  label: z.string(),
  roles: z.number().int(),
  /** Of these, bound to nobody. */
  unbound: z.number().int(),
  /** Worst of the roles, by what each would give. */
  severity: severitySchema.nullable(),
  /** How many are that bad. */
  worstRoles: z.number().int(),
});
export type RoleOrigin = z.infer<typeof roleOriginSchema>;

/** "What do we change first": one answer for the first view of access. */
export const accessOverviewSchema = z.object({
  sentence: z.string(),
  context: z.string(),
  collectedAt: z.string(),
  completeness: completenessSchema,
  takeover: z.object({
    /** Subjects that reach cluster-admin; Kubernetes' own components are left out. */
    reaching: z.number().int(),
    candidates: z.number().int(),
    evaluated: z.number().int(),
    /** None of the bindings that were not evaluated takes it from more subjects than this. */
    mostLeft: z.number().int(),
    bindings: z.array(dangerousBindingSchema),
    /** Who loses every way when all of `bindings` are removed. */
    together: z.number().int(),
    missing,
  }),
  massGrants: z.object({ count: z.number().int(), grants: z.array(massGrantSchema), missing }),
  defaultAccounts: z.object({ count: z.number().int(), accounts: z.array(subjectRowSchema), missing }),
  looseEnds: z.object({ ends: z.array(looseEndSchema), missing }),
  origins: z.object({ groups: z.array(roleOriginSchema), missing }),
});
export type AccessOverview = z.infer<typeof accessOverviewSchema>;
