import { AppError } from "../../model/app-error.ts";
import type { ServerContext } from "../context.ts";

/** Newest good scan of a cluster. @throws AppError `not_found`, `conflict` when there is none yet. */
export async function latestScanId({ store }: ServerContext, clusterId: string): Promise<string> {
  await store.getCluster(clusterId);
  const scan = await store.findLatestScan(clusterId, "complete");
  if (!scan)
    throw new AppError("conflict", "This cluster has no finished scan yet", {
      hint: "Wait for the running scan, or start one.",
    });
  return scan.id;
}
