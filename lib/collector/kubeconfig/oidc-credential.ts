import type { RequestCredentials } from "../connection/connection.ts";
import type { JsonRecord } from "../project/values.ts";
import { AppError } from "#lib/model/app-error.ts";

const TIMEOUT_MS = 30_000;

/**
 * Token of an OIDC auth provider of an operator's kubeconfig, refreshed by the Kubernetes client when it has expired.
 * @throws AppError `credential_missing`.
 */
export function oidcCredentials(server: string, authProvider: JsonRecord): () => Promise<RequestCredentials> {
  const name = "operator";
  // A private copy: the client writes refreshed tokens into the provider's settings.
  const user = { name, authProvider: structuredClone(authProvider) };
  let config: { applyToHTTPSOptions(options: { headers?: unknown }): Promise<void> } | undefined;
  return async () => {
    if (config === undefined) {
      // Loaded only where it is needed: the client is large, and most connections do without it.
      const { KubeConfig } = await import("@kubernetes/client-node");
      const loaded = new KubeConfig();
      loaded.loadFromOptions({
        clusters: [{ name, server, skipTLSVerify: server.startsWith("http:") }],
        users: [user],
        contexts: [{ name, cluster: name, user: name }],
        currentContext: name,
      });
      config = loaded;
    }
    const options: { headers?: { [header: string]: unknown } } = {};
    await withTimeout(config.applyToHTTPSOptions(options));
    const authorization = options.headers?.Authorization;
    if (typeof authorization !== "string") throw failure("gave no token");
    return { headers: [["authorization", authorization]] };
  };
}

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure("did not answer in time")), TIMEOUT_MS);
  });
  try {
    await Promise.race([work, late]);
  } catch (error) {
    // The client's errors hold whole answers of the identity provider.
    throw error instanceof AppError ? error : failure("refused to renew the token");
  } finally {
    clearTimeout(timer);
  }
}

function failure(reason: string): AppError {
  return new AppError("credential_missing", `The identity provider of the kubeconfig ${reason}.`, {
    hint: "Sign in again with kubectl for this context.",
  });
}
