import { USE_ORIGINS } from "../model/used-request.ts";
import { grantSchema, ruleSchema } from "./access.ts";
import { objectRefSchema, severitySchema, subjectSchema } from "./common.ts";
import { z } from "./z.ts";

/** Distinct requests of one subject that are answered at once. */
export const MOST_USED_REQUESTS = 5000;
const NAME = z.string().max(512);
const COUNT = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const TIME = z.number().int().nullable();

const usedRequestSchema = z.object({
  request: z.union([
    z.strictObject({ verb: NAME, apiGroup: NAME, resource: NAME, subresource: NAME, namespace: NAME, name: NAME }),
    z.strictObject({ verb: NAME, path: z.string().max(32_768) }),
  ]),
  origin: z.enum(USE_ORIGINS),
  manyNames: z.boolean(),
  allowed: COUNT,
  refused: COUNT,
  unknown: COUNT,
  lastAt: TIME,
});

/** `exact`: resourceNames where every use was by name and they are few. */
export const NAME_CHOICES = ["exact", "any"] as const;
/** `namespace`: a Role in each namespace; `cluster`: one ClusterRole for everything. */
export const SCOPE_CHOICES = ["namespace", "cluster"] as const;

/** What a subject did, as the reader of the audit log folded it, and how the new roles shall look. */
export const leastPrivilegeBodySchema = z.object({
  names: z.enum(NAME_CHOICES).default("exact"),
  scope: z.enum(SCOPE_CHOICES).default("namespace"),
  /** Groups that the log shows the subject in. */
  groups: z.array(NAME).max(500),
  requests: z.array(usedRequestSchema).max(MOST_USED_REQUESTS),
  /** About the log as a whole. */
  log: z.object({
    firstAt: TIME,
    lastAt: TIME,
    requests: COUNT,
    /** Lines that could not be read. */
    brokenLines: COUNT,
    /** Questions that were not kept because there were too many distinct ones. */
    dropped: COUNT,
  }),
});
export type LeastPrivilegeBody = z.infer<typeof leastPrivilegeBodySchema>;

/** A request of the log in words, and how often it came. */
const seenRequestSchema = z.object({
  /** `get pods/log in shop named web-0`. */
  text: z.string(),
  count: z.number().int(),
  lastAt: TIME,
});
export type SeenRequest = z.infer<typeof seenRequestSchema>;

const grantUseSchema = z.object({
  grant: grantSchema,
  state: z.enum(["used", "partly", "unused"]),
  /** The rule in words. */
  rule: z.string(),
  /** What was used of it, in words; "" when nothing was. */
  used: z.string(),
  /** Why the rule gives nothing at all; null when it can. */
  inert: z.string().nullable(),
  /** Worst capability that the rule takes part in. */
  severity: severitySchema.nullable(),
});
export type GrantUseView = z.infer<typeof grantUseSchema>;

export const leastPrivilegeSchema = z.object({
  subject: subjectSchema,
  /** "ci/deployer uses 12 of the 240 rights that it holds." */
  sentence: z.string(),
  /** Rights: a verb on a kind of resource. `held` null: not countable. */
  rights: z.object({ used: z.number().int(), held: z.number().int().nullable() }),
  /** Distinct requests that the new roles grant; each was checked with the access engine. */
  granted: z.number().int(),
  roles: z.array(z.object({ role: objectRefSchema, rules: z.array(ruleSchema) })),
  /** Roles and bindings; only comments when nothing needs to be granted. */
  yaml: z.string(),
  /** What the log cannot show and what to look at; never empty. */
  notes: z.array(z.string()),
  grants: z.array(grantUseSchema),
  /** Bindings that could not be compared because their role was not read. */
  unread: z.array(z.string()),
  /** Refused by the authorizer and therefore not granted. */
  refused: z.array(seenRequestSchema),
  refusedCount: z.number().int(),
  /** Used, and no longer allowed now. */
  lost: z.array(seenRequestSchema),
  lostCount: z.number().int(),
  /** Given to everybody by Kubernetes itself and therefore not granted again. */
  given: z.array(seenRequestSchema),
  givenCount: z.number().int(),
  /** No rule can grant them exactly. */
  ungrantable: z.array(seenRequestSchema),
  /** Their outcome is not in the log and the subject may not do them now. */
  undecided: z.array(seenRequestSchema),
});
export type LeastPrivilege = z.infer<typeof leastPrivilegeSchema>;
