import { UNREACHED } from "../engines/escalation/index.ts";
import type { Finding } from "../model/finding.ts";
import { compareText, formatSubject } from "../model/subject-name.ts";
import { accessFindings, type AccessAnalysis } from "./analyze-access.ts";
import { ruleText } from "./rule-words.ts";

/** One rule that a subject holds by its own bindings. */
export interface HeldRule {
  readonly subject: string;
  /** Null: in the whole cluster. */
  readonly namespace: string | null;
  readonly rule: string;
}

/** What differs in access between two scans; everything sorted. */
export interface AccessDiff {
  readonly findings: {
    readonly added: readonly Finding[];
    readonly removed: readonly Finding[];
    readonly changed: readonly { readonly before: Finding; readonly after: Finding }[];
  };
  readonly permissions: { readonly added: readonly HeldRule[]; readonly removed: readonly HeldRule[] };
  /** Subjects with a path to cluster-admin, as of `formatSubject`. */
  readonly takeover: { readonly gained: readonly string[]; readonly lost: readonly string[] };
}

/**
 * Compares the access of two snapshots. Permissions are those that bindings give a subject by its own name: what a group gains is told once, for the
 * group. Renaming a binding or a role changes nothing. Never throws.
 */
export function accessDiff(before: AccessAnalysis, after: AccessAnalysis): AccessDiff {
  const findings = { before: byFingerprint(before), after: byFingerprint(after) };
  const rules = { before: heldRules(before), after: heldRules(after) };
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

function heldRules({ model }: AccessAnalysis): ReadonlyMap<string, HeldRule> {
  const held = model.subjects.flatMap((subject, id) =>
    (model.bindingsOfSubject[id] ?? []).flatMap((position) => {
      const binding = model.bindings[position];
      const role = binding && model.roles[binding.role];
      if (!binding || !role) return [];
      const namespace = binding.ref.kind === "RoleBinding" ? binding.namespace : null;
      return role.object.rules.map((rule): [string, HeldRule] => {
        const name = formatSubject(subject);
        return [
          JSON.stringify([name, namespace, Object.values(rule)]),
          { subject: name, namespace, rule: ruleText(rule) },
        ];
      });
    }),
  );
  return new Map(held.sort(([a], [b]) => compareText(a, b)));
}

function takeoverSubjects({ model, escalation: { graph } }: AccessAnalysis): Set<string> {
  const { effort } = graph.toTakeover;
  return new Set(
    model.subjects.flatMap((subject, id) =>
      (effort[graph.sourceOf(id)] ?? UNREACHED) < UNREACHED ? [formatSubject(subject)] : [],
    ),
  );
}
