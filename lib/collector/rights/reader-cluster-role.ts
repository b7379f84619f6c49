import type { KindDefinition } from "#lib/model/kinds.ts";
import type { Topic } from "#lib/model/topics.ts";
import { stringify } from "yaml";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { serviceAccountUsername } from "#lib/model/subject-name.ts";

const NAME = "kordon-reader";
const NAMESPACE = "kordon";
/** User name of the service account that `readerClusterRole` makes. */
export const READER_ACCOUNT = serviceAccountUsername(NAMESPACE, NAME);
const RBAC = "rbac.authorization.k8s.io";
const READ = ["get", "list", "watch"];
/** Paths that discovery, version and issuer are read from. */
const PATHS = ["/.well-known/openid-configuration", "/api", "/api/*", "/apis", "/apis/*", "/version"];

/**
 * YAML of a service account with exactly the rights that a scan of these topics uses: named resources, only reading,
 * no wildcard, no Secrets, and ConfigMaps only by name. Namespaces are always among them. Deterministic.
 */
export function readerClusterRole(topics: readonly Topic[]): string {
  const kinds = KIND_DEFINITIONS.filter(
    (kind) => kind.collection === "namespaces" || kind.topics.some((topic) => topics.includes(topic)),
  );
  const subject = { kind: "ServiceAccount", name: NAME, namespace: NAMESPACE };
  const documents: object[] = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: NAME, namespace: NAMESPACE } },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name: NAME },
      rules: [...listRules(kinds), { nonResourceURLs: PATHS, verbs: ["get"] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: NAME },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: NAME },
      subjects: [subject],
    },
    ...kinds.flatMap(namedRoles),
  ];
  return documents.map((document) => stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })).join("---\n");

  /** Objects that are read by name: one Role with its binding in each namespace. */
  function namedRoles({ group, resource, onlyNames }: KindDefinition): readonly object[] {
    const namespaces = [...new Set((onlyNames ?? []).map(({ namespace }) => namespace))].sort();
    return namespaces.flatMap((namespace) => {
      const names = (onlyNames ?? []).filter((entry) => entry.namespace === namespace).map(({ name }) => name);
      const metadata = { name: NAME, namespace };
      return [
        {
          apiVersion: `${RBAC}/v1`,
          kind: "Role",
          metadata,
          rules: [{ apiGroups: [group], resources: [resource], resourceNames: names.sort(), verbs: ["get"] }],
        },
        {
          apiVersion: `${RBAC}/v1`,
          kind: "RoleBinding",
          metadata,
          roleRef: { apiGroup: RBAC, kind: "Role", name: NAME },
          subjects: [subject],
        },
      ];
    });
  }
}

/** One rule for each API group, resources sorted. */
function listRules(kinds: readonly KindDefinition[]): readonly object[] {
  const groups = new Map<string, Set<string>>();
  for (const { group, resource, onlyNames } of kinds) {
    if (onlyNames !== undefined) continue;
    groups.set(group, (groups.get(group) ?? new Set()).add(resource));
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({ apiGroups: [group], resources: [...resources].sort(), verbs: READ }));
}
