import type { CapabilityDetail, SubjectDetail } from "../../contracts/access.ts";
import { occurrenceProver, proofChain, type Occurrence, type ProvenNeed } from "../../engines/escalation/index.ts";
import { effectivePermissions, heldBindings, implicitGroups, type HeldBinding } from "../../engines/rbac/index.ts";
import type { Subject } from "../../model/access.ts";
import { AppError } from "../../model/app-error.ts";
import { formatObject } from "../../model/object-ref.ts";
import { parseSubject, subjectUsername } from "../../model/subject-name.ts";
import {
  askingAs,
  isProven,
  occurrenceSentence,
  provenFirst,
  riskyOccurrences,
  subjectLabel,
  type AccessAnalysis,
} from "../analyze-access.ts";
import { capabilityView, subjectRow } from "../subject-rows.ts";
import { capitalised, countOf, listOf } from "../words.ts";

const SHOWN_WORKLOADS = 200;

/**
 * The position of a subject given in the form of `formatSubject`.
 * @throws AppError `not_found` when no binding names it and no such service account exists.
 */
export function findSubjectId(analysis: AccessAnalysis, text: string): number {
  const subject = parseSubject(text);
  const user = subject ? subjectUsername(subject) : undefined;
  const id = subject
    ? analysis.model.findSubject(user === undefined ? "group" : "user", user ?? subject.name)
    : undefined;
  if (id === undefined) {
    throw new AppError("not_found", "No binding of this scan names this subject, and no such service account exists");
  }
  return id;
}

/**
 * The drill-down of one subject: what it holds, how that is dangerous with proof, and who runs as it.
 * @throws AppError `not_found`.
 */
export function subjectDetail(analysis: AccessAnalysis, text: string): SubjectDetail {
  const id = findSubjectId(analysis, text);
  const subject = analysis.model.subjects[id];
  if (!subject) throw new RangeError(`no subject ${id}`);
  const who = askingAs(subject);
  const permissions = effectivePermissions(analysis.model, who, analysis.catalog);
  const scopes = new Set<string>();
  for (const { clusterWide, namespaces } of permissions) {
    if (clusterWide) scopes.add("");
    for (const namespace of namespaces) scopes.add(namespace);
  }
  const use =
    subject.kind === "ServiceAccount"
      ? analysis.uses(subject.namespace ?? "", subject.name)
      : { pods: 0, nodes: 0, workloads: [] };
  const held = heldBindings(analysis.model, who);
  const prove = occurrenceProver(analysis.model, subject, analysis.escalation.facts);
  const proven = new Map(provenFirst(analysis.escalation.of(id)).map((occurrence) => [occurrence, prove(occurrence)]));
  return {
    row: subjectRow(analysis, id),
    sentence: detailSentence(analysis, id, subject),
    context: detailContext(analysis, id, proven),
    collectedAt: analysis.snapshot.collectedAt,
    completeness: analysis.completeness,
    groups: groupsOf(subject),
    capabilities: [...proven].map(([occurrence, needs]) => capabilityDetail(analysis, subject, occurrence, needs)),
    bindings: held.map((entry) => bindingView(analysis, entry)),
    runs: {
      pods: use.pods,
      nodes: use.nodes,
      workloads: use.workloads.slice(0, SHOWN_WORKLOADS).map((workload) => ({ ...workload })),
      workloadCount: use.workloads.length,
    },
    permissionCount: permissions.length,
    scopes: [...scopes].sort(),
  };
}

function capabilityDetail(
  analysis: AccessAnalysis,
  subject: Subject,
  occurrence: Occurrence,
  needs: readonly ProvenNeed[],
): CapabilityDetail {
  const { facts } = analysis.escalation;
  return {
    ...capabilityView(occurrence),
    sentence: capitalised(occurrence.edge.sentence(occurrence.worstPlace, facts)),
    chain: proofChain(subject, occurrence, needs, facts).map((hop) => ({ ...hop })),
    needs: needs.map(({ request, grant }) => ({ request, grant })),
    gives: occurrence.edge.gives,
    fix: occurrence.edge.fix,
    technique: occurrence.edge.technique,
    reference: occurrence.edge.source,
  };
}

function bindingView({ model }: AccessAnalysis, { binding, subject }: HeldBinding): SubjectDetail["bindings"][number] {
  const through = model.subjects[subject];
  if (!through) throw new RangeError(`no subject ${subject}`);
  return {
    binding: binding.ref,
    role: binding.roleRef,
    roleState: binding.roleState,
    through,
    rules: model.roles[binding.role]?.ruleIds.length ?? 0,
  };
}

function groupsOf(subject: Subject): SubjectDetail["groups"] {
  const user = subjectUsername(subject);
  if (user === undefined) return [];
  return implicitGroups(user).map((name) => ({ name, assumed: subject.kind === "User" }));
}

function detailSentence(analysis: AccessAnalysis, id: number, subject: Subject): string {
  const [worst] = riskyOccurrences(analysis, id);
  const label = subjectLabel(subject);
  if (worst) return `${label} ${occurrenceSentence(analysis, worst)}.`;
  if (analysis.escalation.of(id).length > 0) return `${label} is strong by Kubernetes' own defaults.`;
  const asRead = subjectRow(analysis, id).incomplete ? "As far as could be read, " : "";
  return `${asRead}${label} holds none of the known ways to escalate.`;
}

function detailContext(
  analysis: AccessAnalysis,
  id: number,
  proven: ReadonlyMap<Occurrence, readonly ProvenNeed[]>,
): string {
  const risky = riskyOccurrences(analysis, id).filter(isProven);
  if (risky.length === 0) return "Its permissions and the bindings that give them are below.";
  const needs = risky.flatMap((occurrence) => proven.get(occurrence) ?? []);
  const bindings = [...new Set(needs.flatMap(({ grant }) => (grant ? [formatObject(grant.binding)] : [])))];
  return `${countOf(risky.length, "dangerous capability", "dangerous capabilities")}, given by ${listOf(bindings)}.`;
}
