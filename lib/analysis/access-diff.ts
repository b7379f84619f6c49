import { UNREACHED } from "../engines/escalation/index.ts";
import type { Finding } from "../model/finding.ts";
import { compareText, formatSubject } from "../model/subject-name.ts";
import { accessFindings, type AccessAnalysis } from "./analyze-access.ts";
import { heldRules, type HeldRule } from "./held-rules.ts";

/** One rule that a subject, as of `formatSubject`, holds by its own bindings. */
export interface DiffRule extends Omit<HeldRule, "subject"> {
  readonly subject: string;
}

/** What differs in access between two scans; everything sorted. */
export interface AccessDiff {
  readonly findings: {
    readonly added: readonly Finding[];
    readonly removed: readonly Finding[];
    readonly changed: readonly { readonly before: Finding; readonly after: Finding }[];
  };
  readonly permissions: { readonly added: readonly DiffRule[]; readonly removed: readonly DiffRule[] };
  /** Subjects with a path to cluster-admin, as of `formatSubject`. */
  readonly takeover: { readonly gained: readonly string[]; readonly lost: readonly string[] };
}

/**
 * Compares the access of two snapshots. Permissions are those that bindings give a subject by its own name: what a group gains is told once, for the
 * group. Renaming a binding or a role changes nothing. Never throws.
 */
export function accessDiff(before: AccessAnalysis, after: AccessAnalysis): AccessDiff {
  const findings = { before: byFingerprint(before), after: byFingerprint(after) };
  const rules = { before: allRules(before), after: allRules(after) };
  const takers = { before: takeoverSubjects(before), after: takeoverSubjects(after) };
  return {
    findings: {
      added: missingFrom(findings.before, findings.after),
      removed: missingFrom(findings.after, findings.before),
      changed: [...findings.after].flatMap(([fingerprint, found]) => {
        const known = findings.before.get(fingerprint);
        return known && (known.severity !== found.severity || known.sentence !== found.sentence)
          ? [{ before: known, after: found }]
          : [];
      }),
    },
    permissions: { added: missingFrom(rules.before, rules.after), removed: missingFrom(rules.after, rules.before) },
    takeover: {
      gained: [...takers.after.difference(takers.before)].sort(compareText),
      lost: [...takers.before.difference(takers.after)].sort(compareText),
    },
  };
}

/** Values of one map whose keys the other does not have. */
function missingFrom<T>(known: ReadonlyMap<string, T>, all: ReadonlyMap<string, T>): readonly T[] {
  return [...all].flatMap(([key, value]) => (known.has(key) ? [] : [value]));
}

function byFingerprint(analysis: AccessAnalysis): ReadonlyMap<string, Finding> {
  return new Map(accessFindings(analysis).map((finding) => [finding.fingerprint, finding]));
}

function allRules({ model }: AccessAnalysis): ReadonlyMap<string, DiffRule> {
  return new Map(
    [...heldRules(model, model.subjects.keys())].map(([key, rule]) => [
      key,
      { ...rule, subject: formatSubject(rule.subject) },
    ]),
  );
}

function takeoverSubjects({ model, escalation: { graph } }: AccessAnalysis): Set<string> {
  const { effort } = graph.toTakeover;
  return new Set(
    model.subjects.flatMap((subject, id) =>
      (effort[graph.sourceOf(id)] ?? UNREACHED) < UNREACHED ? [formatSubject(subject)] : [],
    ),
  );
}
