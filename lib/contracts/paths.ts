import { grantSchema } from "./access.ts";
import { accessReviewSchema } from "./access-check.ts";
import { objectRefSchema, severitySchema, subjectSchema } from "./common.ts";
import { z } from "./z.ts";

/** A state on a path, in words: "Acts as ServiceAccount ci/deployer", "Root on node-1". */
export const pathPlaceSchema = z.object({
  /** What kind of state: decides the lane of the drawing. */
  type: z.enum(["subject", "group", "identity", "pods", "secrets", "node", "role", "namespace", "target"]),
  label: z.string(),
  title: z.string(),
  /** `formatSubject` of the subject behind it, for a link. */
  subject: z.string().optional(),
});
export type PathPlace = z.infer<typeof pathPlaceSchema>;

export const stepStateSchema = z.enum(["active", "latent", "blocked"]);

/** One step of a path. Either rights prove it (`needs`), or a fact of the cluster does. */
export const pathStepSchema = z.object({
  /** Id of the edge or link: the name of its page in docs/reference/edges. */
  id: z.string(),
  /** A few words for drawings and lists: "exec into pods". */
  name: z.string(),
  /** What is done, as the end of a sentence about who does it. */
  action: z.string(),
  from: pathPlaceSchema,
  to: pathPlaceSchema,
  state: stepStateSchema,
  /** Why it is not active; null when it is. */
  reason: z.string().nullable(),
  /**
   * Each request that must be allowed, with the first grant that allows it and how many others do too. `reviews` is what the API server can be asked
   * about it; empty where the right comes with a role that was taken in the step before.
   */
  needs: z.array(
    z.object({
      request: z.string(),
      grant: grantSchema.nullable(),
      otherGrants: z.number().int(),
      reviews: z.array(accessReviewSchema),
    }),
  ),
  /** The facts behind a step that needs no right. */
  facts: z.array(z.string()),
  gives: z.string(),
  precondition: z.string().nullable(),
  fix: z.string(),
  technique: z.string(),
  reference: z.string(),
});
export type PathStep = z.infer<typeof pathStepSchema>;

export const attackPathSchema = z.object({
  from: pathPlaceSchema,
  to: pathPlaceSchema,
  severity: severitySchema,
  /** One sentence that tells the whole path. */
  sentence: z.string(),
  /** Sum over the steps of how hard each is. */
  effort: z.number().int(),
  /** Further ways that differ only in which namespace, account or pod stands in between; `manyAlike` when they were not all counted. */
  alike: z.number().int(),
  manyAlike: z.boolean(),
  steps: z.array(pathStepSchema),
});
export type AttackPathView = z.infer<typeof attackPathSchema>;

/** One change of a cut. */
export const changeSchema = z.object({
  type: z.enum(["binding", "rule", "automount", "pod-security", "host-access", "token-secret", "cloud-annotation"]),
  /** What to do, in words. */
  title: z.string(),
  /** The command or the YAML that does it. */
  how: z.object({ language: z.enum(["shell", "yaml"]), text: z.string() }),
  /** What has to be known before it is done, such as who would change it back; null when nothing. */
  note: z.string().nullable(),
  /** The binding to remove, or the role of the rule; null for settings. */
  object: objectRefSchema.nullable(),
  /** Position of the rule within its role; null for other changes. */
  ruleIndex: z.number().int().nullable(),
  /** What else it takes away: rules in words, and from how many subjects. Empty for settings. */
  takesAway: z.object({ rules: z.array(z.string()), ruleCount: z.number().int(), subjects: z.number().int() }),
});
export type ChangeView = z.infer<typeof changeSchema>;

export const cutSchema = z.object({
  changes: z.array(changeSchema),
  /** No fewer changes would do; false when that was not proven. */
  smallest: z.boolean(),
  /** Subjects that no longer reach the target after the changes, the first few named. */
  losing: z.object({ count: z.number().int(), subjects: z.array(subjectSchema) }),
});
export type CutView = z.infer<typeof cutSchema>;

/** Further things that would stand in the same place: "33 further namespaces". `count` is a lower bound when `atLeast`. */
export const laneMoreSchema = z.object({
  count: z.number().int(),
  atLeast: z.boolean(),
  /** What they are, as the heading of their list. */
  what: z.string(),
  /** The first few. */
  items: z.array(z.string()),
});
export type LaneMore = z.infer<typeof laneMoreSchema>;

export const laneNodeSchema = z.object({
  id: z.string(),
  /** Beside the kinds of places: a binding, and what a right lets its holder do. */
  type: z.enum([...pathPlaceSchema.shape.type.options, "binding", "capability"]),
  label: z.string(),
  title: z.string(),
  /** How it was reached, or the role of a binding; null when nothing more is to be said. */
  detail: z.string().nullable(),
  /** Upper left corner. */
  x: z.number().int(),
  y: z.number().int(),
  /** `formatSubject` of the subject behind it, for a link; null for others. */
  subject: z.string().nullable(),
  /** The binding or role, or the binding that gives the right of the step that leads here; null for others. */
  object: objectRefSchema.nullable(),
  more: laneMoreSchema.nullable(),
  /** Positions of the paths that lead through it. */
  paths: z.array(z.number().int()),
});
export type LaneNode = z.infer<typeof laneNodeSchema>;

export const laneEdgeSchema = z.object({
  id: z.string(),
  /** From the right side of one node to the left side of the next, by way of the lanes in between. */
  points: z.array(z.object({ x: z.number().int(), y: z.number().int() })),
  state: stepStateSchema,
  paths: z.array(z.number().int()),
});
export type LaneEdge = z.infer<typeof laneEdgeSchema>;

/** Paths as a drawing in lanes from left to right, laid out: equal for everybody who looks at the same scan. Sizes in pixels. */
export const laneGraphSchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  nodeWidth: z.number().int(),
  nodeHeight: z.number().int(),
  lanes: z.array(z.object({ title: z.string(), x: z.number().int() })),
  nodes: z.array(laneNodeSchema),
  edges: z.array(laneEdgeSchema),
});
export type LaneGraph = z.infer<typeof laneGraphSchema>;

/** What a subject reaches, nearest first. */
export const reachedTargetSchema = z.object({
  /** For the query: `cluster-admin`, `node-root`, `namespace/payments`, … */
  id: z.string(),
  place: pathPlaceSchema,
  severity: severitySchema,
  effort: z.number().int(),
});

export const pathsQuerySchema = z.object({
  /** A target's id, or a subject in the form of `formatSubject`. Empty: the worst that is reached. */
  to: z.string().max(1000).default(""),
  max: z.coerce.number().int().min(1).max(20).default(5),
});
export type PathsQuery = z.infer<typeof pathsQuerySchema>;

export const subjectPathsSchema = z.object({
  /** For a check on the live cluster: the scan that the paths are from, and why there can be none; null where it can be asked. */
  liveCheck: z.object({ scanId: z.string(), impossible: z.string().nullable() }),
  targets: z.array(reachedTargetSchema),
  /** Further targets that are not listed, such as the administration of every namespace. */
  targetCount: z.number().int(),
  /** The target that is shown; null when none is reached. */
  target: z.object({ id: z.string(), place: pathPlaceSchema }).nullable(),
  paths: z.array(attackPathSchema),
  /** The paths as a drawing, or `latent` where there are none; null when there is nothing to draw. */
  lanes: laneGraphSchema.nullable(),
  /** Null when there is no path, or none that an operator can cut. */
  cut: cutSchema.nullable(),
  /** Steps that would work if something else came true: why the paths are not longer. */
  latent: z.array(attackPathSchema),
  /** Who can become this subject, nearest first. */
  becomable: z.object({
    count: z.number().int(),
    subjects: z.array(
      z.object({ id: z.string(), subject: subjectSchema, effort: z.number().int(), first: z.string() }),
    ),
  }),
});
export type SubjectPaths = z.infer<typeof subjectPathsSchema>;
