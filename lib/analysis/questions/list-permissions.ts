import type { PermissionRow, PermissionsQuery } from "../../contracts/access.ts";
import { effectivePermissions, type EffectivePermission } from "../../engines/rbac/index.ts";
import { severityRank, type Severity } from "../../model/severity.ts";
import { compareText } from "../../model/subject-name.ts";
import { askingAs, type AccessAnalysis } from "../analyze-access.ts";
import { INERT_WORDS } from "../inert-words.ts";
import { ruleSeverities } from "../rule-severities.ts";
import { scopeView } from "../subject-rows.ts";
import { matchesSearch, pageOfList, sortedBy, type Page } from "./page.ts";
import { findSubjectId } from "./subject-detail.ts";

/**
 * Effective permissions of a subject, one page. "Dangerous" marks the rules that prove one of its risky capabilities.
 * @throws AppError `not_found`.
 */
export function listPermissions(
  analysis: AccessAnalysis,
  subjectText: string,
  query: PermissionsQuery,
): Page<PermissionRow> {
  const id = findSubjectId(analysis, subjectText);
  const subject = analysis.model.subjects[id];
  if (!subject) throw new RangeError(`no subject ${id}`);
  const severities = ruleSeverities(analysis, id);
  const rows = effectivePermissions(analysis.model, askingAs(subject), analysis.catalog).map((entry) =>
    permissionRow(entry, severities),
  );
  const filtered = rows.filter(
    (row) =>
      (query.scope === "" ||
        (query.scope === "cluster" ? row.scope.cluster : row.namespaces.includes(query.scope.replace(/^ns:/, "")))) &&
      (query.dangerous === "" || row.severity !== null) &&
      matchesSearch(query.search, [...row.verbs, ...row.resources, ...row.resourceNames, ...row.namespaces]),
  );
  const page = pageOfList(sorted(filtered, query), rows.length, query);
  return { ...page, items: page.items.map(({ namespaces: _, ...row }) => row) };
}

type FullRow = PermissionRow & { readonly namespaces: readonly string[] };

function permissionRow(
  { ruleId, rule, clusterWide, namespaces, grants, inert }: EffectivePermission,
  severities: ReadonlyMap<number, Severity>,
): FullRow {
  const nonResource = rule.nonResourceURLs.length > 0;
  return {
    id: String(ruleId),
    verbs: [...rule.verbs],
    resources: nonResource ? [...rule.nonResourceURLs] : resourceNames(rule.apiGroups, rule.resources),
    resourceNames: [...rule.resourceNames],
    nonResource,
    scope: scopeView(clusterWide, namespaces),
    severity: inert ? null : (severities.get(ruleId) ?? null),
    inert: inert ? INERT_WORDS[inert] : null,
    grants: [...grants],
    namespaces,
  };
}

/** `pods`, `deployments.apps`, `*.*`: every group with every resource; the core group adds nothing. */
function resourceNames(groups: readonly string[], resources: readonly string[]): string[] {
  return groups.flatMap((group) =>
    resources.map((resource) =>
      group === "" ? resource : group === "*" && resource === "*" ? "*" : `${resource}.${group}`,
    ),
  );
}

function sorted(rows: readonly FullRow[], { sort, order }: PermissionsQuery): readonly FullRow[] {
  const rank = ({ severity, inert }: FullRow) => (severity ? severityRank(severity) : inert ? 9 : 5);
  const byText = (a: FullRow, b: FullRow) =>
    compareText(a.resources.join(), b.resources.join()) || compareText(a.verbs.join(), b.verbs.join());
  if (sort === "risk") return sortedBy(rows, (a, b) => rank(b) - rank(a) || byText(b, a), order);
  if (sort === "verbs") return sortedBy(rows, (a, b) => compareText(a.verbs.join(), b.verbs.join()), order);
  if (sort === "scope")
    return sortedBy(
      rows,
      (a, b) => Number(a.scope.cluster) - Number(b.scope.cluster) || a.scope.count - b.scope.count,
      order,
    );
  return sortedBy(rows, byText, order);
}
