import type { EscalationLink } from "../link.ts";

/** Code in a container that is root on its node by its specification. Works through the container's own doors, not through a bug. */
export const podEscape: EscalationLink = {
  id: "POD_ESCAPE",
  primitive: "R78",
  name: "leaves the container",
  effort: 1,
  breaksOut: true,
  from: ["pods"],
  *links(from, { facts }) {
    if (from.type !== "pods" || from.namespace === null) return;
    const names = from.names === null ? null : new Set(from.names);
    const seen = new Set<string>();
    for (const { namespace, name, node, hostAccess } of facts.cluster.podsIn(from.namespace)) {
      if (hostAccess === null || (names !== null && !names.has(name))) continue;
      const key = node ?? "";
      if (seen.has(key)) continue;
      seen.add(key);
      yield {
        to: node === null ? { type: "nodes", names: null } : { type: "node", name: node },
        change: { type: "host-access", namespace, pod: name },
        because: `pod ${namespace}/${name}: ${hostAccess}`,
      };
    }
  },
  gives: "Root on the node that the pod runs on.",
  fix: "Take away what reaches into the host: privileged, host folders, powerful capabilities.",
  technique: "T1611",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};
