export { aggregationOf, type AggregationProvenance } from "./aggregation.ts";
export {
  compileAccess,
  type AccessFacts,
  type AccessModel,
  type CompiledBinding,
  type CompiledRole,
  type RoleState,
} from "./compile-access.ts";
export { accessGaps, decideAccess } from "./decide-access.ts";
export {
  effectivePermissions,
  heldBindings,
  type EffectivePermission,
  type HeldBinding,
  type InertReason,
} from "./effective-permissions.ts";
export { both, clusterOnly, either, holding, toRequest, type Holding, type RightQuery } from "./holding.ts";
export { implicitGroups, MASTERS, userInfoOf } from "./identity.ts";
export { ruleAllows } from "./match-rule.ts";
export { decideWithAuthorizers } from "./node-authorizer.ts";
export { resourceCatalog, type ResourceCatalog } from "./resource-catalog.ts";
export { knownAccountsOf, knownGroups, whoCan, type WhoCanResult } from "./who-can.ts";
