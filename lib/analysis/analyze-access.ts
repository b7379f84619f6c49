import type { Completeness } from "../contracts/common.ts";
import {
  clusterFacts,
  findEscalations,
  ESCALATION_EDGES,
  subjectSeverity,
  isDefaultBinding,
  proofChain,
  occurrenceProver,
  type EscalationResult,
  type Occurrence,
} from "../engines/escalation/index.ts";
import {
  accessGaps,
  compileAccess,
  knownGroups,
  resourceCatalog,
  userInfoOf,
  type AccessModel,
  type ResourceCatalog,
} from "../engines/rbac/index.ts";
import type { Subject, UserInfo } from "../model/access.ts";
import type { Finding } from "../model/finding.ts";
import { severityRank, type Severity } from "../model/severity.ts";
import type { ClusterSnapshot } from "../model/snapshot.ts";
import { compareText, formatSubject } from "../model/subject-name.ts";
import { accountUses, type AccountUses } from "./account-use.ts";
import { completenessOf } from "./completeness.ts";

/** Everything that access questions need, compiled once per snapshot. */
export interface AccessAnalysis {
  readonly snapshot: ClusterSnapshot;
  readonly model: AccessModel;
  readonly catalog: ResourceCatalog;
  readonly escalation: EscalationResult;
  readonly uses: AccountUses;
  readonly completeness: Completeness;
}

/** Compiles a snapshot for access questions and finds every escalation. Deterministic; never throws. */
export function analyzeAccess(snapshot: ClusterSnapshot): AccessAnalysis {
  const model = compileAccess(snapshot);
  return {
    snapshot,
    model,
    catalog: resourceCatalog(snapshot.apiResources),
    escalation: findEscalations(model, { minor: minorVersion(snapshot), cluster: clusterFacts(snapshot) }),
    uses: accountUses(snapshot),
    completeness: completenessOf(snapshot.coverage, "access"),
  };
}

/** Minor version the API server behaves as: the emulated one when there is one; null when it is not known. */
export function minorVersion({ version }: ClusterSnapshot): number | null {
  const minor = Number.parseInt(version?.emulationMinor ?? version?.minor ?? "", 10);
  return Number.isNaN(minor) ? null : minor;
}

/** The user and groups a subject of the model asks with; a group asks as its member. */
export function askingAs(subject: Subject): UserInfo {
  const who = userInfoOf(subject);
  return subject.kind === "Group" ? who : { user: who.user, groups: knownGroups(subject) };
}

/** `ci/deployer`, `alice`, `system:masters`: how a sentence names a subject. */
export function subjectLabel({ namespace, name }: Subject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The occurrences that count as risk: not Kubernetes' own defaults. What works now first, then worst first. */
export function riskyOccurrences(analysis: AccessAnalysis, subject: number): readonly Occurrence[] {
  return provenFirst(analysis.escalation.of(subject).filter(({ expected }) => !expected));
}

/** What works now before what does not, each in the order given. */
export function provenFirst(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  return occurrences.toSorted((a, b) => Number(isProven(b)) - Number(isProven(a)));
}

export function isProven({ state }: Occurrence): boolean {
  return state.state === "active";
}

/** Completes "<subject> …": what it can do there; what does not work now says why. */
export function occurrenceSentence({ escalation }: AccessAnalysis, { edge, worstPlace, state }: Occurrence): string {
  const sentence = edge.sentence(worstPlace, escalation.facts);
  return state.state === "active" ? sentence : `${sentence}, but not now: ${state.reason}`;
}

export function severityOf(analysis: AccessAnalysis, subject: number): Severity | null {
  return subjectSeverity(analysis.escalation.of(subject)) ?? null;
}

/** Belongs to Kubernetes itself: named `system:…` or an account of kube-system, and bound by nothing but defaults. */
export function isSystemSubject({ model }: AccessAnalysis, id: number): boolean {
  const subject = model.subjects[id];
  if (!subject) return false;
  const named =
    subject.kind === "ServiceAccount" ? subject.namespace === "kube-system" : subject.name.startsWith("system:");
  return (
    named &&
    (model.bindingsOfSubject[id] ?? []).every((position) => {
      const binding = model.bindings[position];
      return binding !== undefined && isDefaultBinding(binding);
    })
  );
}

/** Whether a right of the subject may be unknown: some bindings could not be read, or a role that it is bound to. */
export function isIncomplete({ model }: AccessAnalysis, id: number): boolean {
  const { gaps } = model;
  if (gaps.clusterRoleBindings.everywhere || gaps.roleBindings.everywhere) return true;
  if (gaps.roleBindings.byNamespace.size > 0) return true;
  const subject = model.subjects[id];
  if (!subject) return false;
  return (
    (model.bindingsOfSubject[id] ?? []).some((position) => model.bindings[position]?.roleState === "unreadable") ||
    accessGaps(model, askingAs(subject), "").length > 0
  );
}

/**
 * One finding for each risk that a subject holds of its own (not through a fixed group that holds it already),
 * worst first. Equal snapshots give equal fingerprints. Never throws.
 */
export function accessFindings(analysis: AccessAnalysis): readonly Finding[] {
  const { model, escalation } = analysis;
  const findings = model.subjects.flatMap((subject, id) => {
    const own = riskyOccurrences(analysis, id).filter(({ inherited }) => !inherited);
    if (own.length === 0) return [];
    const prove = occurrenceProver(model, subject, escalation.facts);
    return own.map((occurrence): Finding => ({
      fingerprint: `${occurrence.edge.id}|${formatSubject(subject)}`,
      check: occurrence.edge.id,
      topic: "access",
      severity: occurrence.severity,
      sentence: `${subjectLabel(subject)} ${occurrenceSentence(analysis, occurrence)}`,
      subject: formatSubject(subject),
      chain: proofChain(subject, occurrence, prove(occurrence), escalation.facts),
      fix: occurrence.edge.fix,
    }));
  });
  return findings.sort(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      Number(isAccount(b)) - Number(isAccount(a)) ||
      edgeRank(a) - edgeRank(b) ||
      compareText(a.fingerprint, b.fingerprint),
  );
}

/** What runs by itself comes before people and their groups: its token lies in pods. */
function isAccount({ subject }: Finding): boolean {
  return subject?.startsWith("ServiceAccount:") === true;
}

function edgeRank({ check }: Finding): number {
  return ESCALATION_EDGES.findIndex(({ id }) => id === check);
}
