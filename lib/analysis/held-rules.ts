import type { AccessModel } from "../engines/rbac/index.ts";
import type { Subject } from "../model/access.ts";
import { compareText, formatSubject } from "../model/subject-name.ts";
import { ruleText } from "./rule-words.ts";

/** One rule that a subject holds by its own bindings. */
export interface HeldRule {
  readonly subject: Subject;
  /** Null: in the whole cluster. */
  readonly namespace: string | null;
  readonly rule: string;
}

/** The rules of some subjects, by position, under keys that are equal for equal rules in equal places, sorted. Never throws. */
export function heldRules(
  { subjects, bindings, bindingsOfSubject, roles }: AccessModel,
  ids: Iterable<number>,
): ReadonlyMap<string, HeldRule> {
  const held: [string, HeldRule][] = [];
  for (const id of ids) {
    const subject = subjects[id];
    if (!subject) continue;
    const name = formatSubject(subject);
    for (const position of bindingsOfSubject[id] ?? []) {
      const binding = bindings[position];
      const role = binding && roles[binding.role];
      if (!binding || !role) continue;
      const namespace = binding.ref.kind === "RoleBinding" ? binding.namespace : null;
      for (const rule of role.object.rules)
        held.push([
          JSON.stringify([name, namespace, Object.values(rule)]),
          { subject, namespace, rule: ruleText(rule) },
        ]);
    }
  }
  return new Map(held.sort(([a], [b]) => compareText(a, b)));
}
