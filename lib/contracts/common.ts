import { z } from "./z.ts";
import { SEVERITIES } from "../model/severity.ts";
import { TOPICS } from "../model/topics.ts";

export const severitySchema = z.enum(SEVERITIES);
export const topicSchema = z.enum(TOPICS);

/** What a mark can show: a risk, a pass, or why there is none. `not-built`: Kordon does not answer this topic yet. */
export const markSchema = z.enum([...SEVERITIES, "pass", "unknown", "not-built"]);
export type Mark = z.infer<typeof markSchema>;

export const objectRefSchema = z.object({
  group: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

export const subjectSchema = z.object({
  kind: z.enum(["User", "Group", "ServiceAccount"]),
  namespace: z.string().optional(),
  name: z.string(),
});

/** Page numbers start at 1. */
export const pageQuerySchema = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(50),
});

export const orderSchema = z.enum(["asc", "desc"]);

/** One page of a list that the server filtered, sorted and cut. `total` counts after filtering, `all` before. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.number().int(),
    all: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
  });
}

/** Something that was not read, in words: "rolebindings in payments: forbidden". */
export const gapSchema = z.object({
  group: z.string(),
  resource: z.string(),
  namespace: z.string().optional(),
  state: z.enum(["partial", "forbidden", "unavailable", "stale"]),
  reason: z.string().optional(),
  sentence: z.string(),
});
export type GapView = z.infer<typeof gapSchema>;

/** How complete a card is: "64 of 64 kinds read". Gaps empty = complete. */
export const completenessSchema = z.object({
  kindsRead: z.number().int(),
  kindsNeeded: z.number().int(),
  gaps: z.array(gapSchema),
});
export type Completeness = z.infer<typeof completenessSchema>;

/** One hop of a proof chain. */
export const hopSchema = z.object({
  label: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  tone: z.enum(["plain", "cut", "target"]),
  /** Subject or object behind the hop, for a link. */
  subject: z.string().optional(),
});
export type HopView = z.infer<typeof hopSchema>;

/** Body of every error answer. `requestId` finds it in the log. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    position: z
      .object({
        file: z.string().optional(),
        line: z.number().optional(),
        column: z.number().optional(),
        field: z.string().optional(),
      })
      .optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;
