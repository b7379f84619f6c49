import type { EscalationLink } from "../link.ts";

/** A pod names its service account and the secrets it mounts; nobody checks that its author may use them. */
export const newPod: EscalationLink = {
  id: "NEW_POD_CONTENTS",
  primitive: "R34",
  name: "chooses account and secrets of the pod",
  effort: 1,
  from: ["new-pods"],
  *links(from) {
    if (from.type !== "new-pods" || from.namespace === null) return;
    const { namespace } = from;
    const because = `a pod in ${namespace} may run as any account and mount any secret of ${namespace}`;
    yield { to: { type: "accounts", namespace, names: null }, because };
    yield { to: { type: "secrets", namespace, names: null }, because };
  },
  gives:
    "The token of any service account and the contents of any Secret of the namespace, without a right to read secrets.",
  fix: "Keep powerful accounts and secrets in namespaces where nobody else may start pods.",
  technique: "T1610",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
};
