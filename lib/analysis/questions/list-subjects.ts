import type { CapabilityView, SubjectRow, SubjectsPage, SubjectsQuery } from "../../contracts/access.ts";
import { ESCALATION_EDGES } from "../../engines/escalation/index.ts";
import { compareText, formatSubject } from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";
import { losingWithout, reachingSubjects } from "../overview/dangerous-bindings.ts";
import { subjectRows } from "../subject-rows.ts";
import { accessSentence } from "../summary.ts";
import { countOf } from "../words.ts";
import { facet, matchesSearch, pageOfList, sortedBy } from "./page.ts";

const ROWS = new WeakMap<AccessAnalysis, readonly SubjectRow[]>();

/** All rows of an analysis, riskiest first; made once. */
export function rowsOf(analysis: AccessAnalysis): readonly SubjectRow[] {
  let rows = ROWS.get(analysis);
  if (!rows) ROWS.set(analysis, (rows = subjectRows(analysis)));
  return rows;
}

/** The ranked subjects that fit a query, one page of them, with facets over all. Never throws. */
export function listSubjects(analysis: AccessAnalysis, query: SubjectsQuery): SubjectsPage {
  const rows = rowsOf(analysis);
  const chosen = chosenSubjects(analysis, query);
  const filtered = filterSubjects(chosen ? rows.filter(({ id }) => chosen.has(id)) : rows, query);
  const existing = rows.filter(({ subject }) => subject.kind === "ServiceAccount").length;
  return {
    ...pageOfList(filtered, rows.length, query),
    sentence: accessSentence(analysis),
    context: `${countOf(existing, "service account")}, ${countOf(rows.length - existing, "user or group", "users and groups")} that bindings name`,
    completeness: analysis.completeness,
    collectedAt: analysis.snapshot.collectedAt,
    facets: {
      severity: facet(rows, ({ severity }) => [severity ?? "none"]),
      kind: facet(rows, ({ subject }) => [subject.kind]),
      origin: facet(rows, ({ origin }) => [origin]),
      capability: facet(rows, ({ capabilities }) => capabilities.filter(isRisk).map(({ id }) => id)).map((entry) => ({
        ...entry,
        label: ESCALATION_EDGES.find(({ id }) => id === entry.value)?.name ?? entry.value,
      })),
    },
  };
}

/** Ids of the subjects that a question about ways to cluster-admin is limited to; null: all. None when there is no such binding. */
function chosenSubjects(
  analysis: AccessAnalysis,
  { reaches, without }: Pick<SubjectsQuery, "reaches" | "without">,
): ReadonlySet<string> | null {
  if (reaches === "" && without === "") return null;
  const { bindings, subjects } = analysis.model;
  const binding = bindings.findIndex(({ ref }) => `${ref.kind}:${ref.namespace ?? ""}/${ref.name}` === without);
  const chosen = without === "" ? reachingSubjects(analysis) : binding < 0 ? [] : losingWithout(analysis, [binding]);
  return new Set(chosen.flatMap((id) => subjects[id] ?? []).map(formatSubject));
}

/** Works now, and is not Kubernetes' own default. */
function isRisk({ expected, state }: CapabilityView): boolean {
  return !expected && state === "proven";
}

/** Filters and sorts; shared by the page and its CSV. */
export function filterSubjects(rows: readonly SubjectRow[], query: SubjectsQuery): readonly SubjectRow[] {
  const filtered = rows.filter(
    (row) =>
      (query.kind === "" || row.subject.kind === query.kind) &&
      (query.severity === "" || (row.severity ?? "none") === query.severity) &&
      (query.origin === "" || row.origin === query.origin) &&
      (query.namespace === "" || row.subject.namespace === query.namespace) &&
      (query.capability === "" || row.capabilities.some((one) => one.id === query.capability && isRisk(one))) &&
      matchesSearch(query.search, [formatSubject(row.subject), row.sentence]),
  );
  if (query.sort === "risk") return query.order === "desc" ? filtered : filtered.toReversed();
  const compare: Record<Exclude<SubjectsQuery["sort"], "risk">, (a: SubjectRow, b: SubjectRow) => number> = {
    name: (a, b) => compareText(a.subject.name, b.subject.name) || compareText(a.id, b.id),
    namespace: (a, b) => compareText(a.subject.namespace ?? "", b.subject.namespace ?? "") || compareText(a.id, b.id),
    bindings: (a, b) => a.bindings - b.bindings,
    pods: (a, b) => a.pods - b.pods,
  };
  return sortedBy(filtered, compare[query.sort], query.order);
}
