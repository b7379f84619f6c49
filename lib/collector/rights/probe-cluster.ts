import type { ApiServerEvidence, ServerVersion } from "#lib/model/snapshot.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import type { SelfIdentity } from "../live/self-review.ts";
import { parseVersion } from "../live/collect-live.ts";
import { RequestFailure } from "../live/failure.ts";
import { reviewIdentity } from "../live/self-review.ts";
import { withScan } from "./with-scan.ts";

/** Answer of a test of a connection. */
export interface ProbeResult {
  /** Null when the credential may not read `/version`. */
  readonly version: ServerVersion | null;
  /** Null when the server does not say. */
  readonly identity: SelfIdentity | null;
  readonly handshake: Pick<ApiServerEvidence, "servingCertificate" | "tlsVersion">;
  readonly latencyMs: number;
}

/**
 * Tests a connection: reaches the server, checks that it is an API server and asks who the credential is.
 * @throws AppError `cluster_unreachable`, `cluster_timeout`, `cluster_unauthorized`, `cluster_bad_response`,
 *         `credential_missing`, `cancelled`.
 */
export async function probeCluster(
  connection: ClusterConnection,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<ProbeResult> {
  return withScan(connection, signal, async (scan) => {
    const startedAt = performance.now();
    const body = await scan.get("/version").catch((error: unknown) => {
      if (error instanceof RequestFailure && error.reason === "forbidden") return null;
      throw error;
    });
    const latencyMs = Math.round(performance.now() - startedAt);
    const version = body === null ? null : parseVersion(body);
    if (body !== null && version === null) throw new RequestFailure("bad-response");
    return { version, identity: await reviewIdentity(scan), handshake: scan.client.handshake, latencyMs };
  });
}
