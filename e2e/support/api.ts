import type { APIRequestContext } from "@playwright/test";
import { setTimeout as delay } from "node:timers/promises";
import { clusterDetailSchema, fleetSchema } from "#lib/contracts/clusters.ts";
import type { ClusterDetail, ClusterSummary } from "#lib/contracts/clusters.ts";

const POLL_MS = 250;

/** The clusters as the API tells them, with the schemas that the pages use. */
export async function listClusters(request: APIRequestContext, baseUrl = ""): Promise<readonly ClusterSummary[]> {
  const response = await request.get(`${baseUrl}/api/v1/clusters`);
  if (!response.ok()) throw new Error(`GET /api/v1/clusters: HTTP ${String(response.status())}`);
  return fleetSchema.parse(await response.json()).clusters;
}

export async function getCluster(request: APIRequestContext, id: string, baseUrl = ""): Promise<ClusterDetail> {
  const response = await request.get(`${baseUrl}/api/v1/clusters/${id}`);
  if (!response.ok()) throw new Error(`GET cluster ${id}: HTTP ${String(response.status())}`);
  return clusterDetailSchema.parse(await response.json());
}

/** A cluster by its name. @throws Error that names the clusters that are there. */
export async function clusterNamed(request: APIRequestContext, name: string, baseUrl = ""): Promise<ClusterSummary> {
  const clusters = await listClusters(request, baseUrl);
  const found = clusters.find((cluster) => cluster.name === name);
  if (!found) throw new Error(`no cluster ${name}, only ${clusters.map((cluster) => cluster.name).join(", ")}`);
  return found;
}

/** Reads the clusters again and again until `isReady` accepts them. */
export async function waitForClusters(
  request: APIRequestContext,
  what: string,
  isReady: (clusters: readonly ClusterSummary[]) => boolean,
  { baseUrl = "", timeoutMs = 60_000 }: { readonly baseUrl?: string; readonly timeoutMs?: number } = {},
): Promise<readonly ClusterSummary[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const clusters = await listClusters(request, baseUrl);
    if (isReady(clusters)) return clusters;
    if (Date.now() > deadline) throw new Error(`${what}: not so after ${String(timeoutMs / 1000)} s`);
    await delay(POLL_MS);
  }
}
