import { accountSeverity, accountTarget, getMayBeEnough, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** Last minor version in which `get` alone attaches over a WebSocket; later ones ask for `create` too. */
const LAST_MINOR_WITH_GET = 34;

/** Attaching is a shell only where the process of the container is one and reads its standard input. */
export const podAttach: EscalationEdge = {
  id: "POD_ATTACH",
  primitive: "R41",
  name: "attach to pods",
  scope: "namespace",
  implies: [],
  effort: 3,
  needs: (facts) => [
    rights(getMayBeEnough(facts, LAST_MINOR_WITH_GET) ? ["create", "get"] : ["create"], "", ["pods/attach"]),
  ],
  gain: ({ namespace, names }) => ({ type: "pods", namespace, names: names ?? null }),
  state: () => ({
    state: "latent",
    reason: "whether a process there reads commands from its standard input is not known",
  }),
  severity: (place, facts) => accountSeverity(place, facts, "medium"),
  sentence: (place) =>
    `may read the output of, and type into, ${namedOr("any running container", place, "the containers of")}${inPlace(place)}`,
  target: accountTarget,
  gives: "Output of the containers, and commands in those whose process is a shell that reads standard input.",
  precondition: "a container with stdin whose process obeys it",
  fix: "Remove pods/attach, or grant it in single namespaces through a group that is switched on only when needed.",
  technique: "T1609",
  source: "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_attach/",
};
