import { analyzeAccess, type AccessAnalysis } from "../../analysis/analyze-access.ts";
import { whatIf, type WhatIfChanges } from "../../analysis/what-if/what-if.ts";
import { withBuiltInRoles } from "../../collector/manifests/built-in-roles.ts";
import type { WhatIf } from "../../contracts/what-if.ts";

const COMPLETED = new WeakMap<AccessAnalysis, AccessAnalysis>();

/** `whatIf` in the cluster that manifests stand for: it has every built-in role, also those that only a change refers to. Never throws. */
export function whatIfInCluster(analysis: AccessAnalysis, changes: WhatIfChanges): WhatIf {
  let completed = COMPLETED.get(analysis);
  if (!completed) {
    const snapshot = withBuiltInRoles(analysis.snapshot);
    completed = snapshot === analysis.snapshot ? analysis : analyzeAccess(snapshot);
    COMPLETED.set(analysis, completed);
  }
  return whatIf(completed, changes);
}
