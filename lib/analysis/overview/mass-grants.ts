import type { MassGrant } from "../../contracts/access-overview.ts";
import { ESCALATION_EDGES, isDefaultBinding, type EscalationEdge } from "../../engines/escalation/index.ts";
import { knownAccountsOf, type CompiledBinding } from "../../engines/rbac/index.ts";
import type { Subject } from "../../model/access.ts";
import { severityRank, worstSeverity, type Severity } from "../../model/severity.ts";
import { compareSubjects, compareText, parseServiceAccountUsername } from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";
import { capitalised } from "../words.ts";
import { makerOf } from "./role-maker.ts";

type Breadth = MassGrant["breadth"];

const BREADTHS: ReadonlyMap<string, Breadth> = new Map([
  ["User:system:anonymous", "anyone"],
  ["Group:system:unauthenticated", "anyone"],
  ["Group:system:authenticated", "everyone"],
  ["Group:system:serviceaccounts", "every-account"],
]);
const NAMESPACE_GROUP = "system:serviceaccounts:";
/** Widest first. */
const WIDTH: readonly Breadth[] = ["anyone", "everyone", "every-account", "namespace"];

/** What bindings beyond Kubernetes' own give to subjects that nobody chooses to be: worst first, then widest, then by name. Never throws. */
export function massGrants(analysis: AccessAnalysis): readonly MassGrant[] {
  const { model } = analysis;
  return model.bindings
    .filter((binding) => !isDefaultBinding(binding))
    .flatMap((binding) =>
      binding.subjects.flatMap((id): readonly MassGrant[] => {
        const subject = model.subjects[id];
        const breadth = subject ? breadthOf(subject) : null;
        return subject && breadth ? [massGrant(analysis, binding, id, subject, breadth)] : [];
      }),
    )
    .sort(
      (a, b) =>
        rank(a.severity) - rank(b.severity) ||
        WIDTH.indexOf(a.breadth) - WIDTH.indexOf(b.breadth) ||
        compareSubjects(a.subject, b.subject) ||
        compareText(a.binding.namespace ?? "", b.binding.namespace ?? "") ||
        compareText(a.binding.name, b.binding.name),
    );
}

function massGrant(
  analysis: AccessAnalysis,
  binding: CompiledBinding,
  id: number,
  subject: Subject,
  breadth: Breadth,
): MassGrant {
  const { model } = analysis;
  const worst = worstOf(analysis, binding, id);
  const namespace = namespaceOf(subject);
  return {
    binding: binding.ref,
    role: binding.roleRef,
    roleState: binding.roleState,
    subject,
    breadth,
    accountsIn: namespace,
    accounts: model.gaps.serviceAccounts.everywhere ? null : knownAccountsOf(model, subject.name),
    severity: worst?.severity ?? null,
    sentence: worst?.sentence ?? null,
    rules: model.roles[binding.role]?.ruleIds.length ?? 0,
    maker: makerOf(binding.object.metadata).label,
  };
}

function breadthOf(subject: Subject): Breadth | null {
  return namespaceOf(subject) === null ? (BREADTHS.get(`${subject.kind}:${subject.name}`) ?? null) : "namespace";
}

/** The namespace whose accounts a group stands for; null for other subjects. */
function namespaceOf({ kind, name }: Subject): string | null {
  if (kind !== "Group" || !name.startsWith(NAMESPACE_GROUP)) return null;
  return (
    parseServiceAccountUsername(`system:serviceaccount:${name.slice(NAMESPACE_GROUP.length)}:x`)?.namespace ?? null
  );
}

/** The worst that the role gives where it is bound, as bad as it is for this subject when the subject really holds it. */
function worstOf(
  { escalation, model }: AccessAnalysis,
  binding: CompiledBinding,
  subject: number,
): { readonly severity: Severity; readonly sentence: string } | null {
  if (!model.roles[binding.role]) return null;
  const held = escalation.of(subject).filter(({ expected }) => !expected);
  let worst: { readonly severity: Severity; readonly edge: EscalationEdge; readonly sentence: string } | null = null;
  for (const { edge, place, gains, state } of escalation.ofRole(binding.role, binding.namespace || null)) {
    const active = state.state === "active";
    const alone = !active
      ? "low"
      : gains.some((gain) => escalation.graph.leadsToTakeover(gain))
        ? "critical"
        : edge.severity(place, escalation.facts);
    const really = held.find((occurrence) => occurrence.edge === edge && occurrence.state.state === state.state);
    const severity = worstSeverity(alone, really?.severity) ?? alone;
    const before = worst ? severityRank(worst.severity) : Infinity;
    const sameEdge = worst !== null && ESCALATION_EDGES.indexOf(edge) >= ESCALATION_EDGES.indexOf(worst.edge);
    if (severityRank(severity) > before || (severityRank(severity) === before && sameEdge)) continue;
    const sentence = capitalised(edge.sentence(place, escalation.facts));
    worst = { severity, edge, sentence: active ? sentence : `${sentence}, but not now: ${state.reason}` };
  }
  return worst;
}

function rank(severity: Severity | null): number {
  return severity ? severityRank(severity) : 9;
}
