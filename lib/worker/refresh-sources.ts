import { defaultKubeconfigPaths, listKubeconfigContexts } from "../collector/index.ts";
import type { Config } from "../config/config.ts";
import { AppError } from "../model/app-error.ts";
import type { Store } from "../store/index.ts";
import { SOURCES_DOCUMENT, type SourcesDocument } from "./documents.ts";

/** Reads which contexts the operator's kubeconfig offers and leaves them, without any credential, for the web process. */
export async function refreshSources(store: Store, { kubeconfigPaths }: Config): Promise<void> {
  const files = kubeconfigPaths.length > 0 ? kubeconfigPaths : defaultKubeconfigPaths();
  let document: SourcesDocument = {
    contexts: [],
    kubeconfigFiles: [...files],
    problem: null,
    inCluster: process.env.KUBERNETES_SERVICE_HOST !== undefined,
  };
  try {
    const contexts = await listKubeconfigContexts(kubeconfigPaths);
    document = {
      ...document,
      contexts: contexts.map(({ name, cluster, server, user, authKind }) => ({
        name,
        cluster,
        server,
        user,
        authKind,
      })),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    document = { ...document, problem: error.message };
  }
  await store.putDocument(SOURCES_DOCUMENT, JSON.stringify(document), Date.now());
}
