import { z } from "./z.ts";
import { accessCheckSchema } from "./access-check.ts";
import { topicSchema } from "./common.ts";

export const jobParamsSchema = z.object({
  jobId: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9-]+$/),
});

export const progressSchema = z.object({
  /** `waiting`, `connecting`, `collecting`, `analysing`, `saving`; `asking` counts answers as `kindsDone`. */
  phase: z.string(),
  /** Kind that is being read, when collecting. */
  kind: z.string().nullable(),
  objects: z.number().int(),
  kindsDone: z.number().int(),
  kindsTotal: z.number().int(),
});
export type ProgressView = z.infer<typeof progressSchema>;

/** Per topic: what the credential allows. `missing` lists resources it may not list. */
export const preflightSchema = z.object({
  server: z.string(),
  version: z.string().nullable(),
  identity: z.string().nullable(),
  topics: z.array(
    z.object({ topic: topicSchema, access: z.enum(["full", "limited", "blind"]), missing: z.array(z.string()) }),
  ),
  /** Rights the credential has that Kordon never needs, in words. */
  excess: z.array(z.string()),
  /** ClusterRole, binding and service account that would complete the topics, as YAML. */
  clusterRole: z.string(),
});
export type PreflightView = z.infer<typeof preflightSchema>;

export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(["scan", "test-connection", "refresh-sources", "check-access"]),
  clusterId: z.string().nullable(),
  state: z.enum(["queued", "running", "done", "failed", "interrupted"]),
  progress: progressSchema.nullable(),
  /** Only for a finished `test-connection`. */
  preflight: preflightSchema.nullable(),
  /** Only for a finished `check-access`. */
  accessCheck: accessCheckSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
  requestedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
