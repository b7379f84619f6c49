import { rulesFor } from "../engines/rbac/index.ts";
import { worstSeverity, type Severity } from "../model/severity.ts";
import { riskyOccurrences, type AccessAnalysis } from "./analyze-access.ts";

/** Worst severity of the risky capabilities of a subject that each rule takes part in, by position of the rule. */
export function ruleSeverities(
  { model, escalation, ...analysis }: AccessAnalysis,
  id: number,
): ReadonlyMap<number, Severity> {
  const result = new Map<number, Severity>();
  for (const { edge, severity } of riskyOccurrences({ model, escalation, ...analysis }, id)) {
    for (const query of edge.needs(escalation.facts).flat()) {
      for (const rule of rulesFor(model, query)) {
        result.set(rule, worstSeverity(result.get(rule), severity) ?? severity);
      }
    }
  }
  return result;
}
