import type { Grant, UserInfo } from "../../model/access.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import { compareText } from "../../model/subject-name.ts";
import type { AccessModel, CompiledBinding } from "./compile-access.ts";
import { subjectIds } from "./decide-access.ts";
import type { ResourceCatalog } from "./resource-catalog.ts";

/** One distinct rule that a subject holds, with everywhere it holds and every grant that gives it. */
export interface EffectivePermission {
  /** Position of the rule in `AccessModel.index`. */
  readonly ruleId: number;
  readonly rule: PolicyRule;
  readonly clusterWide: boolean;
  /** Namespaces in which role bindings give it, sorted. */
  readonly namespaces: readonly string[];
  readonly grants: readonly Grant[];
  /** Why the rule gives nothing although it is bound; null when it has an effect. */
  readonly inert: InertReason | null;
}

/** - `cluster-scoped`: only cluster-scoped resources or URLs, only through role bindings; `no-such-resource`: nothing served matches;
 * - `unnamed-request`: `resourceNames` with verbs whose requests carry no name; `empty`: no verb, group, resource or URL. */
export type InertReason = "cluster-scoped" | "no-such-resource" | "unnamed-request" | "empty";

/** A binding that names the user or one of its groups. */
export interface HeldBinding {
  readonly binding: CompiledBinding;
  /** Position of the subject through which it is held. */
  readonly subject: number;
}

/** All bindings of a user and its groups, cluster-wide first, each once per subject. */
export function heldBindings(model: AccessModel, who: UserInfo): readonly HeldBinding[] {
  const held = subjectIds(model, who).flatMap((subject) =>
    (model.bindingsOfSubject[subject] ?? []).map((position) => ({ position, subject })),
  );
  held.sort((a, b) => a.position - b.position || a.subject - b.subject);
  return held.flatMap(({ position, subject }) => {
    const binding = model.bindings[position];
    return binding ? [{ binding, subject }] : [];
  });
}

/**
 * Everything a user with exactly these groups may do through RBAC, one entry per distinct rule, in the order of first grant.
 * `system:masters` is not expanded (it may do everything). Cost: the rules of the user's bindings. Never throws.
 */
export function effectivePermissions(
  model: AccessModel,
  who: UserInfo,
  catalog: ResourceCatalog,
): readonly EffectivePermission[] {
  const entries = new Map<number, { clusterWide: boolean; namespaces: Set<string>; grants: Grant[] }>();
  for (const { binding, subject } of heldBindings(model, who)) {
    const role = model.roles[binding.role];
    const through = model.subjects[subject];
    if (!role || !through) continue;
    role.ruleIds.forEach((ruleId, ruleIndex) => {
      let entry = entries.get(ruleId);
      if (!entry) entries.set(ruleId, (entry = { clusterWide: false, namespaces: new Set(), grants: [] }));
      if (binding.ref.kind === "ClusterRoleBinding") entry.clusterWide = true;
      else entry.namespaces.add(binding.namespace);
      entry.grants.push({ binding: binding.ref, role: role.ref, ruleIndex, through });
    });
  }
  return [...entries].flatMap(([ruleId, { clusterWide, namespaces, grants }]) => {
    const rule = model.index.rules[ruleId];
    if (!rule) return [];
    const sorted = [...namespaces].sort(compareText);
    return [{ ruleId, rule, clusterWide, namespaces: sorted, grants, inert: inertReason(rule, clusterWide, catalog) }];
  });
}

const NAMELESS_VERBS = new Set(["create", "deletecollection"]);

/** Why a rule bound cluster-wide (or only in namespaces) can never allow a real request; null when it can, or when discovery is unknown. */
export function inertReason(rule: PolicyRule, clusterWide: boolean, catalog: ResourceCatalog): InertReason | null {
  if (rule.verbs.length === 0) return "empty";
  if (rule.nonResourceURLs.length > 0) return clusterWide ? null : "cluster-scoped";
  if (rule.apiGroups.length === 0 || rule.resources.length === 0) return "empty";
  const topLevel = rule.resources.every((resource) => !resource.includes("/") && resource !== "*");
  if (rule.resourceNames.length > 0 && topLevel && rule.verbs.every((verb) => NAMELESS_VERBS.has(verb)))
    return "unnamed-request";
  if (!catalog.known || rule.verbs.some((verb) => SYNTHETIC_VERBS.has(verb) || verb === "*" || verb.includes(":")))
    return null;
  const served = servedResources(rule, catalog);
  if (served.length === 0) return "no-such-resource";
  if (!clusterWide && served.every((namespaced) => !namespaced)) return "cluster-scoped";
  return null;
}

/** Verbs that the API server asks about without a request of that verb existing; their resources need not be served. */
const SYNTHETIC_VERBS = new Set(["bind", "escalate", "impersonate", "use", "approve", "sign", "attest"]);

/** Scope of every served resource that the rule names; `namespaces` counts as namespaced because a namespace owns itself. */
function servedResources(rule: PolicyRule, catalog: ResourceCatalog): readonly boolean[] {
  return catalog.resources
    .filter(({ group, resource }) => {
      if (!rule.apiGroups.includes("*") && !rule.apiGroups.includes(group)) return false;
      const slash = resource.indexOf("/");
      return rule.resources.some(
        (entry) => entry === "*" || entry === resource || (slash > 0 && entry === `*/${resource.slice(slash + 1)}`),
      );
    })
    .map(({ group, resource, namespaced }) => namespaced || (group === "" && resource.split("/")[0] === "namespaces"));
}
