import { worstSeverity, type Severity } from "../model/severity.ts";
import type { AccessAnalysis } from "./analyze-access.ts";

const SEVERITIES_OF = new WeakMap<AccessAnalysis, readonly (Severity | null)[]>();

/**
 * What each role is worth by itself, by position in the model: the worst edge that its own rules give, bound cluster-wide for a
 * ClusterRole and in its namespace for a Role; what does not work now is at most low. Null when it gives none. Computed once per analysis.
 */
export function roleSeverities(analysis: AccessAnalysis): readonly (Severity | null)[] {
  const known = SEVERITIES_OF.get(analysis);
  if (known) return known;
  const result = analysis.model.roles.map(({ ref }, position) =>
    roleSeverityIn(analysis, position, ref.namespace ?? null),
  );
  SEVERITIES_OF.set(analysis, result);
  return result;
}

/** What a role is worth by itself to whoever is bound to it in one namespace, or everywhere (null). */
export function roleSeverityIn(
  { escalation }: AccessAnalysis,
  role: number,
  namespace: string | null,
): Severity | null {
  let worst: Severity | undefined;
  for (const { edge, place, state } of escalation.ofRole(role, namespace))
    worst = worstSeverity(worst, state.state === "active" ? edge.severity(place, escalation.facts) : "low");
  return worst ?? null;
}
