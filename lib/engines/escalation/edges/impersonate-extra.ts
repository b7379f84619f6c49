import type { EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const GROUP = "authentication.k8s.io";
/** Keys that Kubernetes itself writes and reads, and the one of its documentation. Keys of other authenticators cannot be asked for one by one. */
const KEYS = [
  "authentication.kubernetes.io/node-name",
  "authentication.kubernetes.io/node-uid",
  "authentication.kubernetes.io/pod-name",
  "authentication.kubernetes.io/pod-uid",
  "authentication.kubernetes.io/credential-id",
  "scopes",
];

/** What RBAC does not look at: it matters where a policy or another authorizer does. A user has to be impersonated as well. */
export const impersonateExtra: EscalationEdge = {
  id: "IMPERSONATE_EXTRA",
  primitive: "R19",
  name: "forge user details",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [
    [
      ...rights(["impersonate"], GROUP, ["uids"]),
      ...KEYS.map((key) => ({
        verb: "impersonate",
        apiGroup: GROUP,
        resource: "userextras",
        subresource: key,
        names: "any" as const,
      })),
    ],
    rights(["impersonate"], "", ["users", "serviceaccounts"]),
  ],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: () => "may forge the uid or extra details of users that it impersonates",
  target: () => ({ label: "Forges", title: "uid and extra details", detail: "as policies may read them" }),
  gives:
    "Details of an identity that admission policies or webhooks may trust, such as the node that a token is bound to.",
  precondition: "a policy or another authorizer reads these details",
  fix: "Remove impersonate on uids and userextras, or limit the rule with resourceNames to the values it needs.",
  technique: "T1134",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/",
};
