import { queryOptions } from "@tanstack/react-query";
import {
  addClusterResultSchema,
  checkKubeconfigResultSchema,
  clusterDetailSchema,
  fleetSchema,
  metaSchema,
  readerRoleSchema,
  scansSchema,
  sourcesSchema,
  type AddCluster,
} from "../../contracts/clusters.ts";
import { jobSchema } from "../../contracts/jobs.ts";
import { fetchJson, fetchNothing } from "../fetch-json.ts";

const ACTIVE_REFETCH_MS = 2_500;
const IDLE_REFETCH_MS = 30_000;

export const clusterKeys = {
  all: ["clusters"] as const, // invalidate this when a cluster was added, renamed or removed
  fleet: () => [...clusterKeys.all, "fleet"] as const,
  one: (clusterId: string) => [...clusterKeys.all, clusterId] as const, // and this after a new scan
  detail: (clusterId: string) => [...clusterKeys.one(clusterId), "detail"] as const,
  scans: (clusterId: string) => [...clusterKeys.one(clusterId), "scans"] as const,
};

export function clusterPath(clusterId: string): string {
  return `/api/v1/clusters/${encodeURIComponent(clusterId)}`;
}

export function fleetQuery() {
  return queryOptions({
    queryKey: clusterKeys.fleet(),
    queryFn: ({ signal }) => fetchJson(fleetSchema, "/api/v1/clusters", { signal }),
    refetchInterval: ({ state }) =>
      state.data?.clusters.some((cluster) => cluster.activeJob) ? ACTIVE_REFETCH_MS : IDLE_REFETCH_MS,
  });
}

export function clusterQuery(clusterId: string) {
  return queryOptions({
    queryKey: clusterKeys.detail(clusterId),
    queryFn: ({ signal }) => fetchJson(clusterDetailSchema, clusterPath(clusterId), { signal }),
    refetchInterval: ({ state }) => {
      const cluster = state.data?.type === "scanned" ? state.data.overview.cluster : state.data?.cluster;
      return cluster?.activeJob ? ACTIVE_REFETCH_MS : IDLE_REFETCH_MS;
    },
  });
}

export function scansQuery(clusterId: string) {
  return queryOptions({
    queryKey: clusterKeys.scans(clusterId),
    queryFn: ({ signal }) => fetchJson(scansSchema, `${clusterPath(clusterId)}/scans`, { signal }),
  });
}

export const sourceKeys = { all: ["sources"] as const };

export function sourcesQuery() {
  return queryOptions({
    queryKey: sourceKeys.all,
    queryFn: ({ signal }) => fetchJson(sourcesSchema, "/api/v1/sources", { signal }),
  });
}

export function readerRoleQuery() {
  return queryOptions({
    queryKey: ["reader-role"] as const,
    queryFn: ({ signal }) => fetchJson(readerRoleSchema, "/api/v1/reader-role", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function metaQuery() {
  return queryOptions({
    queryKey: ["meta"] as const,
    queryFn: ({ signal }) => fetchJson(metaSchema, "/api/v1/meta", { signal }),
    refetchInterval: IDLE_REFETCH_MS,
  });
}

export function addCluster(body: AddCluster) {
  return fetchJson(addClusterResultSchema, "/api/v1/clusters", { method: "POST", body });
}

export function checkKubeconfig(kubeconfig: string) {
  return fetchJson(checkKubeconfigResultSchema, "/api/v1/clusters/check-kubeconfig", {
    method: "POST",
    body: { kubeconfig },
  });
}

export function renameCluster({ clusterId, name }: { readonly clusterId: string; readonly name: string }) {
  return fetchJson(clusterDetailSchema, clusterPath(clusterId), { method: "PATCH", body: { name } });
}

export function removeCluster(clusterId: string) {
  return fetchNothing(clusterPath(clusterId), { method: "DELETE" });
}

export function startScan(clusterId: string) {
  return fetchJson(jobSchema, `${clusterPath(clusterId)}/scans`, { method: "POST" });
}

export function startTest(clusterId: string) {
  return fetchJson(jobSchema, `${clusterPath(clusterId)}/tests`, { method: "POST" });
}

export function refreshSources() {
  return fetchJson(jobSchema, "/api/v1/sources", { method: "POST" });
}
