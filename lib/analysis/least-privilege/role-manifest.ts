import { Document, isScalar, visit } from "yaml";
import type { PlannedRole } from "../../engines/rbac/index.ts";
import type { Subject } from "../../model/access.ts";
import type { ObjectRef } from "../../model/object-ref.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";
import { formatSubject } from "../../model/subject-name.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { shortRule } from "../rule-words.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";
const LONGEST_NAME = 80;

export interface NamedRole {
  readonly role: ObjectRef;
  readonly rules: readonly PolicyRule[];
}

/** Names planned roles alike; the name is taken by no role or binding of the snapshot and says whose it is. */
export function nameRoles(
  planned: readonly PlannedRole[],
  subject: Subject,
  snapshot: ClusterSnapshot,
): readonly NamedRole[] {
  const base = `least-privilege-${slugOf(subject)}`;
  const { roles, clusterRoles, roleBindings, clusterRoleBindings } = snapshot.objects;
  const taken = new Set(
    [roles, clusterRoles, roleBindings, clusterRoleBindings].flat().map(({ metadata }) => metadata.name),
  );
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
  return planned.map(({ namespace, rules }) => ({
    role:
      namespace === ""
        ? { group: RBAC_GROUP, kind: "ClusterRole", name }
        : { group: RBAC_GROUP, kind: "Role", namespace, name },
    rules,
  }));
}

/**
 * Roles with their bindings to the subject as YAML documents under comment lines. Text in comments is shown as `toVisibleText` shows it, so that none
 * of it ends a comment.
 */
export function roleManifest(roles: readonly NamedRole[], subject: Subject, comments: readonly string[]): string {
  const header = comments.map((line) => `# ${toVisibleText(line)}\n`).join("");
  const documents = roles.flatMap(({ role, rules }) => {
    const metadata = { name: role.name, ...(role.namespace === undefined ? {} : { namespace: role.namespace }) };
    const apiVersion = `${RBAC_GROUP}/v1`;
    return [
      { apiVersion, kind: role.kind, metadata, rules: rules.map(shortRule) },
      {
        apiVersion,
        kind: `${role.kind}Binding`,
        metadata,
        roleRef: { apiGroup: RBAC_GROUP, kind: role.kind, name: role.name },
        subjects: [
          subject.kind === "ServiceAccount"
            ? { kind: subject.kind, name: subject.name, namespace: subject.namespace }
            : { kind: subject.kind, apiGroup: RBAC_GROUP, name: subject.name },
        ],
      },
    ];
  });
  return [header, ...documents.map(yamlOf)].join("---\n");
}

/** YAML with lists of words in one line, as people write rules. */
function yamlOf(value: object): string {
  // Aliases are left out: they are hard to read, and lists repeat in every rule.
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, node) {
      if (node.items.every((item) => isScalar(item))) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
}

/** A part of an object name. Where something had to be left out, a number keeps different subjects apart. */
function slugOf(subject: Subject): string {
  const text = subject.namespace === undefined ? subject.name : `${subject.namespace}-${subject.name}`;
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, LONGEST_NAME)
    .replace(/[.-]+$/, "");
  const isExact = slug === text && subject.kind !== "Group";
  return isExact ? slug : `${slug === "" ? "subject" : slug}-${hashOf(formatSubject(subject))}`;
}

function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36);
}
