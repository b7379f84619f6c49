import type { CapabilityView, ScopeView, SubjectRow } from "../contracts/access.ts";
import type { Occurrence } from "../engines/escalation/index.ts";
import { severityRank } from "../model/severity.ts";
import { compareSubjects, formatSubject } from "../model/subject-name.ts";
import {
  isIncomplete,
  isProven,
  isSystemSubject,
  occurrenceSentence,
  provenFirst,
  riskyOccurrences,
  severityOf,
  type AccessAnalysis,
} from "./analyze-access.ts";
import { capitalised, countOf } from "./words.ts";

const SHOWN_NAMESPACES = 20;

/** One row for every subject of the cluster, riskiest first. */
export function subjectRows(analysis: AccessAnalysis): readonly SubjectRow[] {
  return analysis.model.subjects.map((_, id) => subjectRow(analysis, id)).sort(compareByRisk);
}

/** The row of one subject of the model. */
export function subjectRow(analysis: AccessAnalysis, id: number): SubjectRow {
  const subject = analysis.model.subjects[id];
  if (!subject) throw new RangeError(`no subject ${id}`);
  const occurrences = provenFirst(analysis.escalation.of(id));
  return {
    id: formatSubject(subject),
    subject,
    severity: severityOf(analysis, id),
    sentence: rowSentence(analysis, id),
    capabilities: occurrences.map(capabilityView),
    bindings: analysis.model.bindingsOfSubject[id]?.length ?? 0,
    pods: subject.kind === "ServiceAccount" ? analysis.uses(subject.namespace ?? "", subject.name).pods : 0,
    exists: analysis.model.exists[id] ?? false,
    origin: isSystemSubject(analysis, id) ? "system" : "custom",
    incomplete: isIncomplete(analysis, id),
  };
}

export function capabilityView({
  edge,
  severity,
  expected,
  clusterWide,
  namespaces,
  state,
}: Occurrence): CapabilityView {
  return {
    id: edge.id,
    name: edge.name,
    severity,
    state: state.state === "active" ? "proven" : state.state,
    reason: state.state === "active" ? null : state.reason,
    scope: scopeView(clusterWide, namespaces),
    expected,
  };
}

export function scopeView(cluster: boolean, namespaces: readonly string[]): ScopeView {
  return { cluster, count: namespaces.length, namespaces: namespaces.slice(0, SHOWN_NAMESPACES) };
}

function rowSentence(analysis: AccessAnalysis, id: number): string {
  const risky = riskyOccurrences(analysis, id);
  const [worst] = risky;
  if (!worst) {
    if (analysis.escalation.of(id).length > 0) return "Strong by default: Kubernetes itself grants it";
    return isIncomplete(analysis, id)
      ? "No risk known; not everything could be read"
      : "None of the known ways to escalate";
  }
  const more =
    worst.clusterWide || worst.namespaces.length < 2
      ? ""
      : ` and ${countOf(worst.namespaces.length - 1, "more namespace")}`;
  const proven = risky.filter(isProven).length;
  const others = proven > 1 ? `; ${countOf(proven - 1, "more way")}` : "";
  return capitalised(occurrenceSentence(analysis, worst)) + more + others;
}

/** Worst severity first, then more risky capabilities, wider reach, running pods, and by name. */
export function compareByRisk(a: SubjectRow, b: SubjectRow): number {
  return (
    rank(a) - rank(b) ||
    Number(b.exists) - Number(a.exists) ||
    riskWeight(b) - riskWeight(a) ||
    b.capabilities.length - a.capabilities.length ||
    Number(b.pods > 0) - Number(a.pods > 0) ||
    compareSubjects(a.subject, b.subject)
  );
}

function rank({ severity }: SubjectRow): number {
  return severity === null ? 9 : severityRank(severity);
}

function riskWeight({ capabilities }: SubjectRow): number {
  return capabilities
    .filter(({ expected, state }) => !expected && state === "proven")
    .reduce((sum, { scope }) => sum + (scope.cluster ? 1_000 : scope.count), 0);
}
