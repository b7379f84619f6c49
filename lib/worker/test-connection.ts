import { preflight, probeCluster, readerClusterRole } from "../collector/index.ts";
import type { PreflightView } from "../contracts/jobs.ts";
import type { Config } from "../config/config.ts";
import { TOPICS } from "../model/topics.ts";
import type { ClusterRecord, Store } from "../store/index.ts";
import { connectCluster } from "./connect-source.ts";

/**
 * Asks a cluster who the credential is and what it may read, and prints the role that would complete the topics.
 * @throws AppError of the connectors and of the collector.
 */
export async function testConnection(
  cluster: ClusterRecord,
  store: Store,
  config: Config,
  signal: AbortSignal,
): Promise<PreflightView> {
  const connection = await connectCluster(cluster, store, config);
  const { version, identity } = await probeCluster(connection, { signal });
  const rights = await preflight(connection, { signal });
  return {
    server: connection.server,
    version: version?.gitVersion ?? null,
    identity: identity?.username ?? rights.identity?.username ?? null,
    topics: rights.topics.map(({ topic, state, missing }) => ({
      topic,
      access: state,
      missing: missing.map(({ group, resource }) => (group === "" ? resource : `${resource}.${group}`)),
    })),
    excess: rights.excess.map(({ verb, group, resource, scope }) =>
      verb === "*"
        ? "everything in the cluster"
        : `${verb} ${group === "" ? resource : `${resource}.${group}`}${scope === "cluster" ? " in the whole cluster" : ""}`,
    ),
    clusterRole: readerClusterRole(TOPICS),
  };
}
