import { stringify } from "yaml";
import { parseServiceAccountUsername } from "#lib/model/subject-name.ts";

const RBAC = "rbac.authorization.k8s.io";
const NAME = "kordon-live-check";

/** The right that a check on the live cluster needs beyond those of a scan. */
export const LIVE_CHECK_RIGHT = "create subjectaccessreviews.authorization.k8s.io";

/**
 * YAML of a ClusterRole with the one right that a check on the live cluster needs, bound to a user or service account by its user name. It lets the
 * holder learn what anybody may do, and change nothing. Not part of the reader role: who does not use the check need not give it.
 */
export function liveCheckRole(username: string): string {
  const account = parseServiceAccountUsername(username);
  const documents: readonly object[] = [
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name: NAME },
      rules: [{ apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: NAME },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: NAME },
      subjects: [
        account
          ? { kind: "ServiceAccount", name: account.name, namespace: account.namespace }
          : { apiGroup: RBAC, kind: "User", name: username },
      ],
    },
  ];
  return documents.map((document) => stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })).join("---\n");
}
