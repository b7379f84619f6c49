import type { Finding } from "../model/finding.ts";
import type { StoredError, StoredSource } from "./store.ts";
import { z } from "zod";
import { AppError } from "../model/app-error.ts";
import { SEVERITIES } from "../model/severity.ts";
import { TOPICS } from "../model/topics.ts";

const storedSourceSchema: z.ZodType<StoredSource> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("kubeconfig-context"), context: z.string(), server: z.string() }),
  z.object({ type: z.literal("in-cluster") }),
  z.object({
    type: z.literal("credential"),
    server: z.string(),
    caHash: z.string(),
    tlsServerName: z.string().optional(),
  }),
  z.object({ type: z.literal("manifests"), paths: z.array(z.string()), namespace: z.string().optional() }),
  z.object({ type: z.literal("snapshot"), path: z.string() }),
  z.object({ type: z.literal("demo"), name: z.string() }),
]);

const storedErrorSchema: z.ZodType<StoredError> = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});

const findingSchema: z.ZodType<Finding> = z.object({
  fingerprint: z.string(),
  check: z.string(),
  topic: z.enum(TOPICS),
  severity: z.enum(SEVERITIES),
  sentence: z.string(),
  subject: z.string().optional(),
  object: z
    .object({ group: z.string(), kind: z.string(), namespace: z.string().optional(), name: z.string() })
    .optional(),
  chain: z.array(
    z.object({
      label: z.string(),
      title: z.string(),
      detail: z.string().optional(),
      tone: z.enum(["plain", "cut", "target"]),
      subject: z.string().optional(),
    }),
  ),
  fix: z.string(),
});

export function readSource(json: string): StoredSource {
  return read(storedSourceSchema, json, "cluster source");
}

export function readError(json: string | null): StoredError | null {
  return json === null ? null : read(storedErrorSchema, json, "error");
}

export function readFinding(json: string): Finding {
  return read(findingSchema, json, "finding");
}

/** @throws AppError `unavailable`: the database holds something this version never writes. */
function read<T>(schema: z.ZodType<T>, json: string, what: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw new AppError("unavailable", `The database holds a ${what} that cannot be read.`, {
      hint: "Restore the database file from a backup.",
      cause,
    });
  }
}
