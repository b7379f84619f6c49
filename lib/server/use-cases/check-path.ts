import { checkAccessRequestSchema, MOST_REVIEWS, type CheckPath } from "../../contracts/access-check.ts";
import type { Job } from "../../contracts/jobs.ts";
import { AppError } from "../../model/app-error.ts";
import type { ClusterRecord } from "../../store/index.ts";
import type { Actor } from "../actor.ts";
import type { ServerContext } from "../context.ts";
import { jobView } from "./cluster-view.ts";
import { latestScanId } from "./latest-scan.ts";

/** Why there is no API server to ask about a cluster; null where there is one. */
export function whyNotLive({ source }: Pick<ClusterRecord, "source">): string | null {
  switch (source.type) {
    case "kubeconfig-context":
    case "credential":
    case "in-cluster":
      return null;
    case "manifests":
      return "This cluster is read from manifests: there is no API server to ask.";
    case "snapshot":
      return "This cluster is read from a saved snapshot: there is no API server to ask.";
    case "demo":
      return "This is a cluster of the demo: there is no API server to ask.";
  }
}

/**
 * Asks the worker to ask the API server about every right of a shown path. The questions are made again from the stored scan; the browser only says
 * which path it shows.
 * @throws AppError `not_found` for cluster, subject or path; `conflict` for a cluster that is no live one, a scan that is not the newest any more,
 *   a path without anything to ask, and while a check of the cluster waits or runs; `too_large`.
 */
export async function checkPath(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  subject: string,
  { to, path, scanId }: CheckPath,
): Promise<Job> {
  const { store, questions } = context;
  const impossible = whyNotLive(await store.getCluster(clusterId));
  if (impossible !== null) throw new AppError("conflict", impossible);
  if ((await latestScanId(context, clusterId)) !== scanId)
    throw new AppError("conflict", "The cluster was scanned again since this path was shown.", {
      hint: "Reload the page to see the paths of the newest scan.",
    });
  const reviews = await questions.ask(scanId, "pathReviews", subject, { to, path });
  if (reviews.length === 0)
    throw new AppError("conflict", "There is nothing to ask: every step follows from the cluster's objects.");
  const request = checkAccessRequestSchema.safeParse({ scanId, reviews });
  if (!request.success)
    throw new AppError("too_large", `A check asks at most ${MOST_REVIEWS} questions about names of usual length.`);
  const job = await store.enqueueJob({
    kind: "check-access",
    clusterId,
    request: JSON.stringify(request.data),
    requestedAt: Date.now(),
  });
  return jobView(job);
}
