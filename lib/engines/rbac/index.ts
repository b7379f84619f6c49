export { aggregationOf, type AggregationProvenance } from "./aggregation.ts";
export {
  compileAccess,
  RBAC_GROUP,
  type AccessFacts,
  type AccessModel,
  type CompiledBinding,
  type CompiledRole,
  type RoleState,
} from "./compile-access.ts";
export { gapIn, gapsOf, type ResourceGaps } from "./coverage-gaps.ts";
export { accessGaps, decideAccess, subjectIds } from "./decide-access.ts";
export {
  effectivePermissions,
  heldBindings,
  inertReason,
  type EffectivePermission,
  type HeldBinding,
  type InertReason,
} from "./effective-permissions.ts";
export { anywhereIn, both, clusterOnly, either, holding, toRequest, type Holding, type RightQuery } from "./holding.ts";
export {
  ANONYMOUS,
  AUTHENTICATED,
  implicitGroups,
  MASTERS,
  nodeNameOf,
  NODES,
  UNAUTHENTICATED,
  userInfoOf,
} from "./identity.ts";
export { ruleAllows } from "./match-rule.ts";
export { resourceCatalog, type ResourceCatalog } from "./resource-catalog.ts";
export { knownAccountsOf, knownGroups, memberships, whoCan, type WhoCanResult } from "./who-can.ts";
