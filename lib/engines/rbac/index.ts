export { aggregatedRules, aggregationSources, ruleKey } from "../../model/aggregated-rules.ts";
export { aggregationOf, type AggregationProvenance } from "./aggregation.ts";
export {
  compileAccess,
  type AccessFacts,
  type AccessModel,
  type CompiledBinding,
  type CompiledRole,
  type RoleState,
} from "./compile-access.ts";
export { accessGaps, decideAccess, grantOf } from "./decide-access.ts";
export {
  decideImpersonation,
  type ImpersonationDecision,
  type ImpersonationMode,
  type ImpersonationTarget,
  type Impersonator,
} from "./decide-impersonation.ts";
export {
  decideWrite,
  type WriteAllowance,
  type WriteDecision,
  type WriteOperation,
  type WriteRefusal,
} from "./decide-write.ts";
export {
  effectivePermissions,
  heldBindings,
  type EffectivePermission,
  type HeldBinding,
  type InertReason,
} from "./effective-permissions.ts";
export { recompileAccess, type RecompiledAccess } from "./recompile-access.ts";
export { rulesFor, type RightQuery } from "./right-query.ts";
export { compareGrants, type GrantComparison, type GrantUse } from "./least-privilege/compare-grants.ts";
export { planRoles, type PlannedRole, type PlanOptions } from "./least-privilege/plan-roles.ts";
export { isGrantable, MOST_RULE_NAMES } from "./least-privilege/used-rights.ts";
export { ALL_SERVICE_ACCOUNTS, implicitGroups, MASTERS, userInfoOf } from "./identity.ts";
export { findRole } from "./stored-object.ts";
export { ruleAllows } from "./match-rule.ts";
export { decideWithAuthorizers } from "./node-authorizer.ts";
export { resourceCatalog, type ResourceCatalog } from "./resource-catalog.ts";
export { knownAccountsOf, knownGroups, memberGroups, memberships, whoCan, type WhoCanResult } from "./who-can.ts";
export { validateWrittenObject } from "./validate-written-object.ts";
export { parseWrittenObject, WRITTEN_KINDS, type ParsedWrite, type WrittenObject } from "./written-object.ts";
