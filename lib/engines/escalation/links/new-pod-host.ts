import type { EscalationLink } from "../link.ts";

/** A privileged pod is root on the node it runs on, and its author chooses the node. Pod Security refuses it from baseline on. */
export const newPodHost: EscalationLink = {
  id: "NEW_POD_HOST",
  primitive: "R46",
  name: "makes the pod privileged",
  effort: 1,
  breaksOut: true,
  from: ["new-pods"],
  *links(from, { facts }) {
    if (from.type !== "new-pods" || from.namespace === null) return;
    const { namespace } = from;
    const level = facts.cluster.podSecurity(namespace);
    if (level === "unknown") {
      const reason = `the labels of namespace ${namespace} could not be read`;
      yield { to: { type: "nodes", names: null }, state: { state: "latent", reason }, because: reason };
      return;
    }
    if (level !== "privileged") {
      const reason = `namespace ${namespace} enforces the Pod Security level ${level}`;
      yield { to: { type: "nodes", names: null }, state: { state: "blocked", reason }, because: reason };
      return;
    }
    yield {
      to: { type: "nodes", names: null },
      change: { type: "pod-security", namespace, level: "baseline" },
      because: `namespace ${namespace} enforces no Pod Security level, so a pod there may be privileged and name its node`,
    };
  },
  gives: "Root on any node of the cluster.",
  fix: "Label the namespace pod-security.kubernetes.io/enforce=baseline or restricted.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};
