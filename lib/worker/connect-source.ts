import { z } from "zod";
import {
  addressPolicy,
  connectCredential,
  connectInCluster,
  connectKubeconfigContext,
  type ClusterConnection,
} from "../collector/index.ts";
import type { Config } from "../config/config.ts";
import { openCredential } from "../credentials/seal.ts";
import { loadWorkerKeys } from "../credentials/worker-key.ts";
import { AppError } from "../model/app-error.ts";
import type { ClusterRecord, Store } from "../store/index.ts";

const credentialSchema = z.object({
  server: z.string(),
  caData: z.string().optional(),
  tlsServerName: z.string().optional(),
  token: z.string().optional(),
  clientCertificateData: z.string().optional(),
  clientKeyData: z.string().optional(),
});

/**
 * A connection to a stored cluster that has an API server, with its credential opened.
 * @throws AppError of the connectors, `credential_missing`, or `invalid_input` for a cluster that is only files.
 */
export async function connectCluster(
  { id, source }: ClusterRecord,
  store: Store,
  config: Config,
): Promise<ClusterConnection> {
  if (source.type === "kubeconfig-context") return connectKubeconfigContext(config.kubeconfigPaths, source.context);
  if (source.type === "in-cluster") return connectInCluster();
  if (source.type !== "credential")
    throw new AppError("invalid_input", "This cluster is read from files: there is no server to ask");
  const sealed = await store.findCredential(id);
  if (sealed === null)
    throw new AppError("credential_missing", "No credential is stored for this cluster", {
      hint: "Enter the kubeconfig again.",
    });
  const { privateKey } = await loadWorkerKeys(config.keyPath);
  const binding = {
    clusterId: id,
    server: source.server,
    caHash: source.caHash,
    tlsServerName: source.tlsServerName ?? "",
  };
  const credential = credentialSchema.parse(await openCredential(sealed, binding, privateKey));
  return connectCredential(credential, addressPolicy(config.allowedNetworks));
}
