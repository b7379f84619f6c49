import { z } from "zod";

/** Names and shapes of the small documents through which worker and web know of each other. */
export const WORKER_DOCUMENT = "worker";
export const SOURCES_DOCUMENT = "sources";
export const DEMO_DOCUMENT = "demo";

/** A worker that has not written for this long counts as gone. */
export const WORKER_SILENCE_MS = 15_000;

export const workerDocumentSchema = z.object({
  publicJwk: z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string() }),
  allowedNetworks: z.array(z.string()),
});

export const sourcesDocumentSchema = z.object({
  contexts: z.array(
    z.object({ name: z.string(), cluster: z.string(), server: z.string(), user: z.string(), authKind: z.string() }),
  ),
  kubeconfigFiles: z.array(z.string()),
  problem: z.string().nullable(),
  inCluster: z.boolean(),
});
export type SourcesDocument = z.infer<typeof sourcesDocumentSchema>;
