import type { ClusterDraft } from "../draft.ts";
import { toLabels } from "#lib/model/labels.ts";
import { addServiceAccount } from "./rbac.ts";

const POD_SECURITY = "pod-security.kubernetes.io";

export interface NamespaceFacts {
  readonly enforce?: "privileged" | "baseline" | "restricted";
  readonly warn?: "baseline" | "restricted";
  readonly version?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly createdAt?: string;
  /** Whether the account `default` mounts its token; the server's default when absent. */
  readonly automountDefault?: boolean;
}

/** Adds a namespace with its Pod Security labels and the service account `default`, which every namespace has. */
export function addNamespace(draft: ClusterDraft, name: string, facts: NamespaceFacts = {}): void {
  const { enforce, warn, version } = facts;
  const labels = toLabels({
    ...facts.labels,
    "kubernetes.io/metadata.name": name,
    ...(enforce ? { [`${POD_SECURITY}/enforce`]: enforce } : {}),
    ...(enforce && version !== undefined ? { [`${POD_SECURITY}/enforce-version`]: version } : {}),
    ...(warn ? { [`${POD_SECURITY}/warn`]: warn, [`${POD_SECURITY}/audit`]: warn } : {}),
  });
  const origin = facts.createdAt === undefined ? {} : { createdAt: facts.createdAt };
  draft.add("namespaces", { metadata: draft.metadata("Namespace", { name, labels, ...origin }), phase: "Active" });
  addServiceAccount(draft, name, "default", {
    ...origin,
    ...(facts.automountDefault === undefined ? {} : { automount: facts.automountDefault }),
  });
}

/** Adds a quota with its use, and default limits for containers. */
export function addLimits(draft: ClusterDraft, namespace: string, pods: number): void {
  const hard = { "limits.memory": "64Gi", pods: String(pods * 2 + 10), "requests.cpu": "32" };
  const used = { "limits.memory": `${pods * 256}Mi`, pods: String(pods), "requests.cpu": `${pods * 100}m` };
  draft.addSpec("", "ResourceQuota", { namespace, name: "compute" }, { hard }, { hard, used });
  draft.addSpec(
    "",
    "LimitRange",
    { namespace, name: "defaults" },
    { limits: [{ type: "Container", default: { memory: "256Mi" }, defaultRequest: { cpu: "100m", memory: "128Mi" } }] },
  );
}
