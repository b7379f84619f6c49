import type { ClusterConnection } from "./connection.ts";
import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { AppError } from "#lib/model/app-error.ts";

const SERVICE_ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Where a pod finds its own cluster; replaced in tests. */
export interface InClusterOptions {
  readonly environment?: { readonly [name: string]: string | undefined };
  readonly folder?: string;
}

/**
 * A connection with the service account of the pod that Kordon runs in. The token is read again for every
 * authorization, since the kubelet replaces it.
 * @throws AppError `credential_missing` outside a cluster.
 */
export async function connectInCluster({
  environment = process.env,
  folder = SERVICE_ACCOUNT_FOLDER,
}: InClusterOptions = {}): Promise<ClusterConnection> {
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT ?? "443";
  if (host === undefined || host === "") throw missing("KUBERNETES_SERVICE_HOST is not set");
  const read = (name: string): Promise<string> =>
    readFile(join(folder, name), "utf8").catch((cause: unknown) => {
      throw missing(`the service account has no ${name}`, cause);
    });
  const ca = await read("ca.crt");
  return {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    tls: { ca, rejectUnauthorized: true },
    authorize: async () => ({ headers: [["authorization", `Bearer ${(await read("token")).trim()}`]] }),
  };
}

function missing(reason: string, cause?: unknown): AppError {
  return new AppError("credential_missing", `Kordon does not run in a cluster: ${reason}.`, {
    hint: "Name a context of a kubeconfig instead.",
    cause,
  });
}
