import type { EscalationLink } from "../link.ts";

/** Every right in a namespace is every way into what it contains. */
export const namespaceContents: EscalationLink = {
  id: "NAMESPACE_CONTENTS",
  name: "owns what is in it",
  effort: 1,
  from: ["namespace-admin"],
  *links(from) {
    if (from.type !== "namespace-admin" || from.namespace === null) return;
    const { namespace } = from;
    const because = `namespace ${namespace}`;
    yield { to: { type: "accounts", namespace, names: null }, because };
    yield { to: { type: "new-pods", namespace }, because };
    yield { to: { type: "pods", namespace, names: null }, because };
    yield { to: { type: "secrets", namespace, names: null }, because };
  },
  gives: "Tokens, pods and secrets of the namespace.",
  fix: "Keep powerful accounts and privileged pods in namespaces of their own.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};
