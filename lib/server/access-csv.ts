import type { PermissionsQuery, SubjectsQuery, WhoCanQuery } from "../contracts/access.ts";
import { formatObject } from "../model/object-ref.ts";
import { formatSubject } from "../model/subject-name.ts";
import type { Actor } from "./actor.ts";
import type { ServerContext } from "./context.ts";
import { toCsv } from "../analysis/csv.ts";
import { askWhoCan, listPermissions, listSubjects } from "./use-cases/access.ts";

/** One page that holds everything: an export is exactly the filtered set. */
const EVERYTHING = { page: 1, pageSize: 1_000_000 };

export async function subjectsCsv(
  actor: Actor,
  context: ServerContext,
  clusterId: string,
  query: SubjectsQuery,
): Promise<string> {
  const { items } = await listSubjects(actor, context, clusterId, { ...query, ...EVERYTHING });
  return toCsv(
    [
      "kind",
      "namespace",
      "name",
      "severity",
      "sentence",
      "capabilities",
      "not active",
      "bindings",
      "pods",
      "exists",
      "origin",
    ],
    items.map(({ subject, severity, sentence, capabilities, bindings, pods, exists, origin }) => [
      subject.kind,
      subject.namespace ?? "",
      subject.name,
      severity ?? "none",
      sentence,
      capabilities.flatMap(({ id, state }) => (state === "proven" ? [id] : [])).join(" "),
      capabilities.flatMap(({ id, state }) => (state === "proven" ? [] : [`${id}:${state}`])).join(" "),
      bindings,
      pods,
      String(exists),
      origin,
    ]),
  );
}

export async function whoCanCsv(
  actor: Actor,
  context: ServerContext,
  clusterId: string,
  query: WhoCanQuery,
): Promise<string> {
  const { items } = await askWhoCan(actor, context, clusterId, { ...query, ...EVERYTHING });
  return toCsv(
    ["kind", "namespace", "name", "binding", "role", "rule", "through"],
    items.flatMap(({ subject, grants }) =>
      grants.map(({ binding, role, ruleIndex, through }) => [
        subject.kind,
        subject.namespace ?? "",
        subject.name,
        formatObject(binding),
        formatObject(role),
        ruleIndex,
        formatSubject(through),
      ]),
    ),
  );
}

export async function permissionsCsv(
  actor: Actor,
  context: ServerContext,
  clusterId: string,
  subject: string,
  query: PermissionsQuery,
): Promise<string> {
  const { items } = await listPermissions(actor, context, clusterId, subject, { ...query, ...EVERYTHING });
  return toCsv(
    ["verbs", "resources", "names", "cluster-wide", "namespaces", "severity", "effect", "bindings"],
    items.map(({ verbs, resources, resourceNames, scope, severity, inert, grants }) => [
      verbs.join(" "),
      resources.join(" "),
      resourceNames.join(" "),
      String(scope.cluster),
      scope.count > scope.namespaces.length
        ? `${scope.namespaces.join(" ")} and ${scope.count - scope.namespaces.length} more`
        : scope.namespaces.join(" "),
      severity ?? "none",
      inert ?? "effective",
      [...new Set(grants.map(({ binding }) => formatObject(binding)))].join("; "),
    ]),
  );
}
