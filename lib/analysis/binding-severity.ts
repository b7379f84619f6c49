import { isDefaultBinding, occurrenceProver } from "../engines/escalation/index.ts";
import type { CompiledBinding } from "../engines/rbac/index.ts";
import { objectKey } from "../model/object-ref.ts";
import { worstSeverity, type Severity } from "../model/severity.ts";
import { riskyOccurrences, type AccessAnalysis } from "./analyze-access.ts";
import { roleSeverityIn } from "./role-severity.ts";

interface Known {
  readonly bindings: Map<CompiledBinding, Severity | null>;
  /** By subject: the worst of what it holds with a part in the proof, by key of the binding. */
  readonly parts: Map<number, ReadonlyMap<string, Severity>>;
}

const KNOWN = new WeakMap<AccessAnalysis, Known>();

/**
 * The worst of what the role of a binding gives by itself where it is bound, and of what its subjects hold by it together with other bindings: half
 * of a way is worth the whole way to whoever holds the other half. Null for nothing, and for bindings that the API server makes itself. Worked out
 * once per analysis for each binding and each subject, as every page of a list asks for all of them.
 */
export function bindingSeverity(analysis: AccessAnalysis, binding: CompiledBinding): Severity | null {
  if (binding.subjects.length === 0 || isDefaultBinding(binding)) return null;
  let known = KNOWN.get(analysis);
  if (!known) KNOWN.set(analysis, (known = { bindings: new Map(), parts: new Map() }));
  let severity = known.bindings.get(binding);
  if (severity !== undefined) return severity;
  let worst = roleSeverityIn(analysis, binding.role, binding.namespace === "" ? null : binding.namespace) ?? undefined;
  const key = objectKey(binding.ref);
  for (const id of binding.subjects) {
    let parts = known.parts.get(id);
    if (!parts) known.parts.set(id, (parts = partsOf(analysis, id)));
    const part = parts.get(key);
    if (part !== undefined) worst = worstSeverity(worst, part);
  }
  known.bindings.set(binding, (severity = worst ?? null));
  return severity;
}

function partsOf(analysis: AccessAnalysis, id: number): ReadonlyMap<string, Severity> {
  const parts = new Map<string, Severity>();
  const subject = analysis.model.subjects[id];
  const occurrences = riskyOccurrences(analysis, id);
  if (!subject || occurrences.length === 0) return parts;
  const prove = occurrenceProver(analysis.model, subject, analysis.escalation.facts);
  for (const occurrence of occurrences)
    for (const { grant } of prove(occurrence)) {
      if (!grant) continue;
      const key = objectKey(grant.binding);
      parts.set(key, worstSeverity(parts.get(key), occurrence.severity) ?? occurrence.severity);
    }
  return parts;
}
