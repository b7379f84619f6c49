import { stringify } from "yaml";
import type {
  BindingDetail,
  BindingRow,
  BindingsQuery,
  RoleDetail,
  RoleRow,
  RolesPage,
  RolesQuery,
} from "../../contracts/access.ts";
import type { Completeness } from "../../contracts/common.ts";
import { isDefaultBinding } from "../../engines/escalation/index.ts";
import { aggregationOf, type CompiledBinding, type CompiledRole } from "../../engines/rbac/index.ts";
import { AppError } from "../../model/app-error.ts";
import { labelValue } from "../../model/labels.ts";
import type { ClusterRole, LabelSelector, PolicyRule } from "../../model/rbac.ts";
import { severityRank, type Severity } from "../../model/severity.ts";
import { compareText, formatSubject } from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";
import { bindingSeverity } from "../binding-severity.ts";
import { completenessOf } from "../completeness.ts";
import { shortRule } from "../rule-words.ts";
import { countOf, formatCount } from "../words.ts";
import { makerOf } from "../overview/role-maker.ts";
import { roleSeverities } from "../role-severity.ts";
import { facet, matchesSearch, pageOfList, sortedBy, type Page } from "./page.ts";

const SHOWN_SUBJECTS = 5;
const SHOWN_BINDINGS = 200;

export interface ListWithVerdict {
  readonly sentence: string;
  readonly completeness: Completeness;
}

/** Roles and ClusterRoles that fit a query, one page. Never throws. */
export function listRoles(
  analysis: AccessAnalysis,
  query: RolesQuery,
): Page<RoleRow> & ListWithVerdict & Pick<RolesPage, "makers"> {
  const makers = analysis.model.roles.map(({ object }) => makerOf(object.metadata));
  const rows = analysis.model.roles.map((_, position) => roleRow(analysis, position));
  const filtered = rows.filter(
    (row, position) =>
      (query.from === "" || makers[position]?.id === query.from) &&
      (query.kind === "" || row.ref.kind === query.kind) &&
      (query.namespace === "" || row.ref.namespace === query.namespace) &&
      (query.origin === "" || row.origin === query.origin) &&
      (query.use === "" || (query.use === "bound") === row.bindings > 0) &&
      matchesSearch(query.search, [row.ref.name, row.ref.namespace ?? ""]),
  );
  const key: Record<RolesQuery["sort"], (a: RoleRow, b: RoleRow) => number> = {
    risk: (a, b) => bySeverity(b.severity, a.severity) || a.subjects - b.subjects || -byName(a, b),
    name: byName,
    namespace: (a, b) => compareText(a.ref.namespace ?? "", b.ref.namespace ?? "") || byName(a, b),
    rules: (a, b) => a.rules - b.rules,
    bindings: (a, b) => a.bindings - b.bindings,
    subjects: (a, b) => a.subjects - b.subjects,
  };
  return {
    ...pageOfList(sortedBy(filtered, key[query.sort], query.order), rows.length, query),
    sentence: rolesSentence(rows, analysis.completeness.gaps.length > 0),
    completeness: completenessOf(analysis.snapshot.coverage, "access"),
    makers: facet(makers, ({ id }) => [id]).map(({ value, count }) => ({
      value,
      label: makers.find(({ id }) => id === value)?.label ?? value,
      count,
    })),
  };
}

/** RoleBindings and ClusterRoleBindings that fit a query, one page. Never throws. */
export function listBindings(analysis: AccessAnalysis, query: BindingsQuery): Page<BindingRow> & ListWithVerdict {
  const rows = analysis.model.bindings.map((binding) => bindingFacts(analysis, binding));
  const fitting = analysis.model.bindings.filter((_, position) => {
    const row = rows[position];
    return (
      row !== undefined &&
      (query.kind === "" || row.ref.kind === query.kind) &&
      (query.namespace === "" || row.ref.namespace === query.namespace) &&
      (query.origin === "" || row.origin === query.origin) &&
      (query.problem === "" || hasProblem(row, query.problem)) &&
      matchesSearch(query.search, [
        row.ref.name,
        row.ref.namespace ?? "",
        row.roleRef.name,
        ...row.subjects.map(formatSubject),
      ])
    );
  });
  // The risk of a binding asks for everything that its subjects hold: only of those that fit.
  const filtered = fitting.map((binding) => bindingRow(analysis, binding));
  const key: Record<BindingsQuery["sort"], (a: BindingRow, b: BindingRow) => number> = {
    risk: (a, b) => bySeverity(b.severity, a.severity) || a.subjectCount - b.subjectCount || -byName(a, b),
    name: byName,
    namespace: (a, b) => compareText(a.ref.namespace ?? "", b.ref.namespace ?? "") || byName(a, b),
    role: (a, b) => compareText(a.roleRef.name, b.roleRef.name),
    subjects: (a, b) => a.subjectCount - b.subjectCount,
  };
  return {
    ...pageOfList(sortedBy(filtered, key[query.sort], query.order), rows.length, query),
    sentence: bindingsSentence(rows, analysis.completeness.gaps.length > 0),
    completeness: completenessOf(analysis.snapshot.coverage, "access"),
  };
}

/** About the roles beyond Kubernetes' own: what the API server puts back at its start is nobody's to clean up. */
function rolesSentence(rows: readonly RoleRow[], unread: boolean): string {
  const own = rows.filter(({ origin }) => origin === "custom");
  const asRead = unread ? ", as far as could be read" : "";
  if (own.length === 0) return `There is no role beyond Kubernetes' own${asRead}`;
  const wildcards = own.filter(({ wildcard }) => wildcard).length;
  const unused = own.filter(({ bindings }) => bindings === 0).length;
  const using = `${wildcards === 0 ? "No role" : countOf(wildcards, "role")} beyond Kubernetes' own ${wildcards <= 1 ? "uses" : "use"} wildcards`;
  const bound = unused === 0 ? "every one is bound" : `${countOf(unused, "is", "are")} bound to nobody`;
  return `${using}, ${bound}${asRead}`;
}

/** About the bindings beyond Kubernetes' own, some of which name accounts of controllers that a cluster need not run. */
function bindingsSentence(rows: readonly Omit<BindingRow, "severity">[], unread: boolean): string {
  const own = rows.filter(({ origin }) => origin === "custom");
  const dangling = own.filter((row) => hasProblem(row, "missing-role")).length;
  const orphans = own.filter((row) => hasProblem(row, "missing-subject")).length;
  const asRead = unread ? ", as far as could be read" : "";
  if (dangling + orphans === 0) {
    return rows.some((row) => hasProblem(row, "missing-role") || hasProblem(row, "missing-subject"))
      ? `Every binding beyond Kubernetes' own refers to a role and to subjects that exist${asRead}`
      : `Every binding refers to a role and to subjects that exist${asRead}`;
  }
  const toRole = `${countOf(dangling, "binding")} ${dangling === 1 ? "refers" : "refer"} to a missing role`;
  if (orphans === 0) return `${toRole}${asRead}`;
  const verb = orphans === 1 ? "names" : "name";
  return dangling === 0
    ? `${countOf(orphans, "binding")} ${verb} a missing service account${asRead}`
    : `${toRole}, ${formatCount(orphans)} ${verb} a missing service account${asRead}`;
}

/** @throws AppError `not_found`. */
export function roleDetail(
  analysis: AccessAnalysis,
  query: { readonly kind: string; readonly namespace: string; readonly name: string },
): RoleDetail {
  const { model, snapshot } = analysis;
  const position = model.roles.findIndex(
    ({ ref }) => ref.kind === query.kind && (ref.namespace ?? "") === query.namespace && ref.name === query.name,
  );
  const role = model.roles[position];
  if (!role) throw new AppError("not_found", "This scan holds no such role");
  const bindings = (model.bindingsOfRole[position] ?? []).flatMap((id) => model.bindings[id] ?? []);
  const clusterRole = role.ref.kind === "ClusterRole" ? (role.object as ClusterRole) : null;
  const provenance = clusterRole ? aggregationOf(clusterRole, snapshot.objects.clusterRoles) : null;
  return {
    role: roleRow(analysis, position),
    rules: role.object.rules.map(ruleView),
    aggregation:
      provenance && clusterRole?.aggregationSelectors
        ? {
            selectors: clusterRole.aggregationSelectors.map(selectorText),
            sources: provenance.sourcesOfRule.map((roles, ruleIndex) => ({ ruleIndex, roles: [...roles] })),
            drift: provenance.drift,
          }
        : null,
    boundBy: bindings
      .slice(0, SHOWN_BINDINGS)
      .map(({ ref, subjects }) => ({
        binding: ref,
        subjects: subjects.slice(0, SHOWN_SUBJECTS).flatMap((id) => model.subjects[id] ?? []),
        subjectCount: subjects.length,
      })),
    yaml: stringify({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: role.ref.kind,
      metadata: { name: role.ref.name, ...(role.ref.namespace === undefined ? {} : { namespace: role.ref.namespace }) },
      rules: role.object.rules.map(shortRule),
    }),
  };
}

/** @throws AppError `not_found`. */
export function bindingDetail(
  analysis: AccessAnalysis,
  query: { readonly kind: string; readonly namespace: string; readonly name: string },
): BindingDetail {
  const { model } = analysis;
  const binding = model.bindings.find(
    ({ ref }) => ref.kind === query.kind && (ref.namespace ?? "") === query.namespace && ref.name === query.name,
  );
  if (!binding) throw new AppError("not_found", "This scan holds no such binding");
  return {
    binding: bindingRow(analysis, binding),
    allSubjects: binding.subjects.flatMap((id) => {
      const subject = model.subjects[id];
      return subject ? [{ id: formatSubject(subject), subject, exists: model.exists[id] ?? false }] : [];
    }),
    yaml: stringify({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: binding.ref.kind,
      metadata: {
        name: binding.ref.name,
        ...(binding.ref.namespace === undefined ? {} : { namespace: binding.ref.namespace }),
      },
      roleRef: binding.object.roleRef,
      subjects: binding.object.subjects,
    }),
  };
}

function roleRow(analysis: AccessAnalysis, position: number): RoleRow {
  const { model } = analysis;
  const role = model.roles[position];
  if (!role) throw new RangeError(`no role ${position}`);
  const bindings = (model.bindingsOfRole[position] ?? []).flatMap((id) => model.bindings[id] ?? []);
  return {
    ref: role.ref,
    rules: role.ruleIds.length,
    bindings: bindings.length,
    subjects: new Set(bindings.flatMap(({ subjects }) => subjects)).size,
    wildcard: role.object.rules.some(({ verbs, apiGroups, resources, nonResourceURLs }) =>
      [verbs, apiGroups, resources, nonResourceURLs].some((list) => list.includes("*")),
    ),
    aggregated: role.ref.kind === "ClusterRole" && (role.object as ClusterRole).aggregationSelectors !== undefined,
    origin: isDefaultRole(role) ? "system" : "custom",
    severity: roleSeverities(analysis)[position] ?? null,
  };
}

function bindingRow(analysis: AccessAnalysis, binding: CompiledBinding): BindingRow {
  return { ...bindingFacts(analysis, binding), severity: bindingSeverity(analysis, binding) };
}

function bindingFacts({ model }: AccessAnalysis, binding: CompiledBinding): Omit<BindingRow, "severity"> {
  return {
    ref: binding.ref,
    roleRef: binding.roleRef,
    roleState: binding.roleState,
    subjects: binding.subjects.slice(0, SHOWN_SUBJECTS).flatMap((id) => model.subjects[id] ?? []),
    subjectCount: binding.subjects.length,
    missingSubjects: binding.subjects.filter((id) => !model.exists[id]).length,
    origin: isDefaultBinding(binding) ? "system" : "custom",
  };
}

function isDefaultRole({ object }: CompiledRole): boolean {
  return labelValue(object.metadata.labels, "kubernetes.io/bootstrapping") === "rbac-defaults";
}

function hasProblem(row: Omit<BindingRow, "severity">, problem: Exclude<BindingsQuery["problem"], "">): boolean {
  if (problem === "missing-role") return row.roleState === "missing" || row.roleState === "invalid";
  return problem === "missing-subject" ? row.missingSubjects > 0 : row.subjectCount === 0;
}

function bySeverity(a: Severity | null, b: Severity | null): number {
  return (a ? severityRank(a) : 9) - (b ? severityRank(b) : 9);
}

function byName(
  a: { readonly ref: { readonly name: string; readonly namespace?: string } },
  b: { readonly ref: { readonly name: string; readonly namespace?: string } },
): number {
  return compareText(a.ref.name, b.ref.name) || compareText(a.ref.namespace ?? "", b.ref.namespace ?? "");
}

function ruleView(rule: PolicyRule) {
  return {
    verbs: [...rule.verbs],
    apiGroups: [...rule.apiGroups],
    resources: [...rule.resources],
    resourceNames: [...rule.resourceNames],
    nonResourceURLs: [...rule.nonResourceURLs],
  };
}

function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const parts = [
    ...matchLabels.map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(
      ({ key, operator, values }) => `${key} ${operator}${values.length > 0 ? ` (${values.join(", ")})` : ""}`,
    ),
  ];
  return parts.length === 0 ? "every ClusterRole" : parts.join(", ");
}
