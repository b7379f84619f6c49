import { accountSeverity, accountTarget, inPlace, type EscalationEdge } from "../edge.ts";

/** Last minor version in which `get` alone opens a shell over a WebSocket; later ones ask for `create` too. */
const LAST_MINOR_WITH_GET = 34;

/** Needs `create` on pods/exec; `get pods` is not needed. A rule limited by name counts: it opens the named pods. */
export const podExec: EscalationEdge = {
  id: "POD_EXEC",
  primitive: "R40",
  name: "exec into pods",
  scope: "namespace",
  implies: ["POD_ATTACH", "POD_PORT_FORWARD", "POD_SERVICE_PROXY", "POD_UPDATE", "WORKLOAD_DELETE"],
  effort: 1,
  needs: ({ minor }) => {
    const exec = { apiGroup: "", resource: "pods", subresource: "exec", names: "any" } as const;
    const getIsEnough = minor !== null && minor <= LAST_MINOR_WITH_GET;
    return [[{ verb: "create", ...exec }, ...(getIsEnough ? [{ verb: "get", ...exec }] : [])]];
  },
  gain: ({ namespace, names }) => ({ type: "pods", namespace, names: names ?? null }),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) => `may open a shell in running pods${inPlace(place)}`,
  target: accountTarget,
  gives: "Code execution in running pods, with their files, environment and service account token.",
  fix: "Remove pods/exec, or grant it in single namespaces through a group that is switched on only when needed.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};
