import { ESCALATION_EDGES } from "../engines/escalation/index.ts";
import { toRequest } from "../engines/rbac/index.ts";
import { worstSeverity, type Severity } from "../model/severity.ts";
import type { AccessAnalysis } from "./analyze-access.ts";

const SEVERITIES_OF = new WeakMap<AccessAnalysis, readonly (Severity | null)[]>();

/**
 * What each role is worth by itself, by position in the model: the worst edge whose needs its own rules meet, bound
 * cluster-wide for a ClusterRole and in its namespace for a Role. Null when it meets none. Computed once per analysis.
 */
export function roleSeverities(analysis: AccessAnalysis): readonly (Severity | null)[] {
  const known = SEVERITIES_OF.get(analysis);
  if (known) return known;
  const { model, escalation } = analysis;
  const worst: (Severity | undefined)[] = model.roles.map(() => undefined);
  for (const edge of ESCALATION_EDGES) {
    const clauses = edge.needs(escalation.facts).map((alternatives) =>
      alternatives.map((query) => {
        const request = toRequest(query);
        return query.names === "any" ? model.index.matchingAnyName(request) : model.index.matching(request);
      }),
    );
    model.roles.forEach(({ ref, ruleIds }, position) => {
      const namespaced = ref.kind === "Role";
      if ((namespaced && edge.scope === "cluster") || (!namespaced && edge.scope === "namespace-only")) return;
      if (!clauses.every((sets) => sets.some((set) => ruleIds.some((id) => set.has(id))))) return;
      worst[position] = worstSeverity(
        worst[position],
        edge.severity({ namespace: namespaced ? (ref.namespace ?? "") : null }, escalation.facts),
      );
    });
  }
  const result = worst.map((severity) => severity ?? null);
  SEVERITIES_OF.set(analysis, result);
  return result;
}
