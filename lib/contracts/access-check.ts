import { z } from "./z.ts";

/** Most questions of one check: a path has a few, so this only bounds what a broken or hostile snapshot can ask for. */
export const MOST_REVIEWS = 200;

/** Names come from the cluster's own objects; its API server accepts no object that is larger in whole. */
const text = z.string().max(65_536);

/** One SubjectAccessReview. `user` is "" for somebody who is known by groups alone; "" as namespace or name means all of them. */
export const accessReviewSchema = z.object({
  who: z.object({ user: text, groups: z.array(text).max(20).readonly() }),
  request: z.union([
    z.object({ verb: text, apiGroup: text, resource: text, subresource: text, namespace: text, name: text }),
    z.object({ verb: text, path: text }),
  ]),
});

/** Which shown path is to be checked: `path` is its position, counted from 0, among the paths of this subject to this target. */
export const checkPathSchema = z.object({
  to: z.string().max(1000).default(""),
  path: z.number().int().min(0).max(19),
  /** The scan that the path was shown from: after another one the position may mean another path. */
  scanId: z.string().min(1).max(64),
});
export type CheckPath = z.infer<typeof checkPathSchema>;

/** What is stored with the job for the worker. Made by the server from the stored scan alone. */
export const checkAccessRequestSchema = z.object({
  scanId: z.string(),
  reviews: z.array(accessReviewSchema).min(1).max(MOST_REVIEWS),
});
export type CheckAccessRequest = z.infer<typeof checkAccessRequestSchema>;

export const reviewOutcomeSchema = z.discriminatedUnion("answer", [
  z.object({ answer: z.enum(["allowed", "denied"]) }),
  /** Why it is not known, as the end of a sentence. */
  z.object({ answer: z.literal("unknown"), reason: z.string() }),
]);
export type ReviewOutcome = z.infer<typeof reviewOutcomeSchema>;

/** Result of a job `check-access`. It says what the API server answered at that time; no scan is changed by it. */
export const accessCheckSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("answered"),
    scanId: z.string(),
    server: z.string(),
    checkedAt: z.string(),
    answers: z.array(z.object({ review: accessReviewSchema, outcome: reviewOutcomeSchema })),
  }),
  /** Kordon's own credential may not ask. */
  z.object({
    type: z.literal("refused"),
    scanId: z.string(),
    server: z.string(),
    checkedAt: z.string(),
    /** The right that is missing: `create subjectaccessreviews.authorization.k8s.io`. */
    missing: z.string(),
    /** Who the credential is; null when the server does not say. */
    identity: z.string().nullable(),
    /** The ClusterRole and binding that give the right, as YAML. */
    clusterRole: z.string(),
  }),
]);
export type AccessCheck = z.infer<typeof accessCheckSchema>;
