import { checkAccess, LIVE_CHECK_RIGHT, liveCheckRole, READER_ACCOUNT } from "../collector/index.ts";
import type { Config } from "../config/config.ts";
import { checkAccessRequestSchema, type AccessCheck } from "../contracts/access-check.ts";
import type { ProgressView } from "../contracts/jobs.ts";
import { accessReviewKey } from "../model/access.ts";
import type { ClusterRecord, Store } from "../store/index.ts";
import { connectCluster } from "./connect-source.ts";
import { inPhase } from "./progress.ts";

export interface CheckOptions {
  /** JSON of the job's request. */
  readonly request: string;
  readonly store: Store;
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ProgressView) => void;
}

/**
 * Asks the API server of a cluster the questions of a job, each once.
 * @throws AppError of the connectors and of the collector; ZodError for a request that no Kordon has written.
 */
export async function checkClusterAccess(
  cluster: ClusterRecord,
  { request, store, config, signal, onProgress }: CheckOptions,
): Promise<AccessCheck> {
  const { scanId, reviews } = checkAccessRequestSchema.parse(JSON.parse(request));
  const distinct = [...new Map(reviews.map((review) => [accessReviewKey(review), review])).values()];
  onProgress(inPhase("connecting"));
  const connection = await connectCluster(cluster, store, config);
  const progress = (done: number) => onProgress({ ...inPhase("asking"), kindsDone: done, kindsTotal: distinct.length });
  progress(0);
  const check = await checkAccess(connection, distinct, { signal, onProgress: progress });
  const shared = { scanId, server: connection.server, checkedAt: new Date().toISOString() };
  if (check.type === "refused") {
    const identity = check.identity?.username ?? null;
    const clusterRole = liveCheckRole(identity ?? READER_ACCOUNT);
    return { type: "refused", ...shared, missing: LIVE_CHECK_RIGHT, identity, clusterRole };
  }
  const answers = distinct.flatMap((review, index) => {
    const outcome = check.outcomes[index];
    return outcome ? [{ review, outcome }] : [];
  });
  return { type: "answered", ...shared, answers };
}
