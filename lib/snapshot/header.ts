import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { z } from "zod";
import { COLLECTIONS } from "#lib/model/kinds.ts";
import { SNAPSHOT_FORMAT_VERSION } from "#lib/model/snapshot.ts";

/** First words of a snapshot file. */
export const FORMAT_NAME = "kordon-snapshot";

const text = z.string();
const optionalText = text.optional();

const coverageEntry = z.object({
  group: text,
  resource: text,
  kind: text,
  namespace: optionalText,
  state: z.enum(["complete", "partial", "forbidden", "absent", "unavailable", "stale"]),
  reason: z
    .enum([
      "skew",
      "page-limit",
      "byte-limit",
      "object-limit",
      "object-too-large",
      "deadline",
      "forbidden",
      "unauthorized",
      "not-served",
      "server-error",
      "rate-limited",
      "timeout",
      "connection",
      "bad-response",
      "redirect",
      "endless-list",
      "invalid-objects",
      "not-in-input",
    ])
    .optional(),
  detail: optionalText,
  objects: z.int().nonnegative(),
  resourceVersion: optionalText,
  readAt: optionalText,
});

const source = z.discriminatedUnion("type", [
  z.object({ type: z.literal("live"), context: optionalText, server: text }),
  z.object({ type: z.literal("manifests"), files: z.int(), documents: z.int() }),
  z.object({ type: z.literal("demo"), name: text }),
]);

const snapshotFields = z.object({
  formatVersion: z.literal(SNAPSHOT_FORMAT_VERSION),
  clusterName: text,
  source,
  collectedAt: text,
  durationMs: z.number(),
  version: z
    .object({
      gitVersion: text,
      major: text,
      minor: text,
      emulationMajor: optionalText,
      emulationMinor: optionalText,
      minCompatibilityMajor: optionalText,
      minCompatibilityMinor: optionalText,
      platform: optionalText,
      buildDate: optionalText,
    })
    .nullable(),
  apiResources: z.array(
    z.object({ group: text, version: text, resource: text, kind: text, namespaced: z.boolean(), verbs: z.array(text) }),
  ),
  apiServer: z.object({
    serviceAccountIssuer: optionalText,
    servingCertificate: z
      .object({ subject: text, issuer: text, notBefore: text, notAfter: text, names: z.array(text) })
      .optional(),
    tlsVersion: optionalText,
  }),
  coverage: z.array(coverageEntry),
  skipped: z.array(z.object({ apiVersion: text, kind: text, objects: z.int() })),
  assumptions: z.array(text),
}) satisfies z.ZodType<Omit<ClusterSnapshot, "objects">>;

/** Everything of a snapshot but its objects, and how many objects each collection must give. */
export const headerSchema = snapshotFields.extend({
  format: z.literal(FORMAT_NAME),
  counts: z.array(z.tuple([z.enum(COLLECTIONS), z.int().nonnegative()])),
});
export type SnapshotHeader = z.infer<typeof headerSchema>;

/** Enough of a header to say which version wrote it. */
export const formatSchema = z.object({ format: z.literal(FORMAT_NAME), formatVersion: z.int() });
