import type { Subject } from "../../model/access.ts";
import { compareText } from "../../model/subject-name.ts";
import {
  ALL_SERVICE_ACCOUNTS,
  memberGroups,
  rulesFor,
  type AccessModel,
  type CompiledBinding,
  type RightQuery,
} from "../rbac/index.ts";

/** A binding with its role reference. */
export interface BindingFacts {
  /** Position in `AccessModel.bindings`. */
  readonly position: number;
  /** Null for a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly name: string;
  readonly role: { readonly kind: "ClusterRole" | "Role"; readonly name: string };
  /** The role does not exist, so the binding gives nothing until somebody creates it. */
  readonly dangling: boolean;
  /** Positions in `AccessModel.subjects`. */
  readonly subjects: readonly number[];
}

/** What edges may read of bindings and roles beside what their holder may do. Lists are in the order of the access model. */
export interface RbacFacts {
  /** Bindings whose reference can resolve: RoleBindings of a namespace, or ClusterRoleBindings (null). */
  bindingsIn(namespace: string | null): readonly BindingFacts[];
  /** Those of every namespace. */
  readonly roleBindings: readonly BindingFacts[];
  readonly dangling: readonly BindingFacts[];
  /** Names of the ClusterRoles that exist and that bindings refer to. */
  readonly boundRoles: readonly string[];
  /** Whether a binding names an existing service account of the namespace (null: of any), by itself or by a group that all of them are in. */
  namesAccountIn(binding: BindingFacts, namespace: string | null): boolean;
  /** Names of service accounts, by namespace, that bindings with a role name but nobody has created. */
  readonly missingAccounts: ReadonlyMap<string, readonly string[]>;
  /** Names of ClusterRoles that gather the rules of others by label. */
  readonly aggregatedRoles: ReadonlySet<string>;
  /** Subjects that may bind cluster-admin for the whole cluster: they hold every right, or may create such bindings and bind it. */
  binders(): readonly Subject[];
  /** Names of the groups that bindings name. */
  readonly groups: readonly string[];
}

/** Reads these facts of a model, each when it is first asked for. Linear in bindings. Never throws. */
export function rbacFacts(model: AccessModel): RbacFacts {
  const known = new Map<number, BindingFacts | null>();
  const factsOf = (position: number): readonly BindingFacts[] => {
    let facts = known.get(position);
    if (facts === undefined) known.set(position, (facts = bindingFacts(model, position)));
    return facts ? [facts] : [];
  };
  const bindingsIn = (namespace: string | null) =>
    (namespace === null ? model.clusterBindings : (model.bindingsOfNamespace.get(namespace) ?? [])).flatMap(factsOf);
  const places = new Map<string | null, readonly BindingFacts[]>();
  const roleBindings = once(() =>
    [...model.bindings.keys()].filter((position) => isRoleBinding(model.bindings[position])).flatMap(factsOf),
  );
  const dangling = once(() =>
    [...model.bindings.keys()].filter((position) => model.bindings[position]?.roleState === "missing").flatMap(factsOf),
  );
  const boundRoles = once(() => [
    ...new Set(
      [...bindingsIn(null), ...roleBindings()].flatMap(({ role, dangling: isDangling }) =>
        role.kind === "ClusterRole" && !isDangling ? [role.name] : [],
      ),
    ),
  ]);
  const accounts = once(() => missingAccounts(model));
  const aggregated = once(() => aggregatedRoles(model));
  const groups = once(() => boundGroups(model));
  const binders = once(() => bindersOf(model));
  return {
    bindingsIn(namespace) {
      let list = places.get(namespace);
      if (!list) places.set(namespace, (list = bindingsIn(namespace)));
      return list;
    },
    namesAccountIn: ({ subjects }, namespace) => subjects.some((subject) => isAccountIn(model, subject, namespace)),
    get roleBindings() {
      return roleBindings();
    },
    get dangling() {
      return dangling();
    },
    get boundRoles() {
      return boundRoles();
    },
    get missingAccounts() {
      return accounts();
    },
    get aggregatedRoles() {
      return aggregated();
    },
    binders,
    get groups() {
      return groups();
    },
  };
}

/**
 * The same facts with those bindings only for which `keeps` is true. What names accounts, groups, people or roles is left as it is: they are there without
 * the binding too, and their rights are asked for where a way goes on.
 */
export function rbacFactsWith(facts: RbacFacts, keeps: (binding: number) => boolean): RbacFacts {
  const kept = (bindings: readonly BindingFacts[]) => bindings.filter(({ position }) => keeps(position));
  const roleBindings = once(() => kept(facts.roleBindings));
  const dangling = once(() => kept(facts.dangling));
  return {
    bindingsIn: (namespace) => kept(facts.bindingsIn(namespace)),
    namesAccountIn: facts.namesAccountIn,
    binders: facts.binders,
    get roleBindings() {
      return roleBindings();
    },
    get dangling() {
      return dangling();
    },
    get boundRoles() {
      return facts.boundRoles;
    },
    get missingAccounts() {
      return facts.missingAccounts;
    },
    get aggregatedRoles() {
      return facts.aggregatedRoles;
    },
    get groups() {
      return facts.groups;
    },
  };
}

function once<T>(make: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: make() }).value;
}

function isRoleBinding(binding: CompiledBinding | undefined): boolean {
  return binding?.ref.kind === "RoleBinding";
}

/** Null for a binding whose reference can never resolve. */
function bindingFacts(model: AccessModel, position: number): BindingFacts | null {
  const binding = model.bindings[position];
  if (!binding || binding.roleState === "invalid") return null;
  const { ref, namespace, roleRef, roleState, subjects } = binding;
  if (roleRef.kind !== "ClusterRole" && roleRef.kind !== "Role") return null;
  return {
    position,
    namespace: isRoleBinding(binding) ? namespace : null,
    name: ref.name,
    role: { kind: roleRef.kind, name: roleRef.name },
    dangling: roleState === "missing",
    subjects,
  };
}

function isAccountIn({ subjects, exists }: AccessModel, subject: number, namespace: string | null): boolean {
  const self = subjects[subject];
  if (self?.kind === "ServiceAccount")
    return exists[subject] === true && (namespace === null || self.namespace === namespace);
  if (self?.kind !== "Group") return false;
  const { name } = self;
  if (name === ALL_SERVICE_ACCOUNTS) return true;
  return namespace === null
    ? name.startsWith(`${ALL_SERVICE_ACCOUNTS}:`)
    : name === `${ALL_SERVICE_ACCOUNTS}:${namespace}`;
}

function aggregatedRoles({ roles }: AccessModel): ReadonlySet<string> {
  return new Set(
    roles.flatMap(({ ref, object }) =>
      ref.kind === "ClusterRole" && "aggregationSelectors" in object && (object.aggregationSelectors?.length ?? 0) > 0
        ? [ref.name]
        : [],
    ),
  );
}

function boundGroups({ subjects, bindingsOfSubject }: AccessModel): readonly string[] {
  return subjects.flatMap(({ kind, name }, id) =>
    kind === "Group" && (bindingsOfSubject[id]?.length ?? 0) > 0 ? [name] : [],
  );
}

const RBAC = "rbac.authorization.k8s.io";
const EVERYTHING: RightQuery = { verb: "*", apiGroup: "*", resource: "*" };
const BINDING: readonly RightQuery[] = [
  { verb: "create", apiGroup: RBAC, resource: "clusterrolebindings" },
  { verb: "bind", apiGroup: RBAC, resource: "clusterroles", name: "cluster-admin" },
];

function bindersOf(model: AccessModel): readonly Subject[] {
  const gives = (roles: readonly number[], query: RightQuery) => {
    const rules = rulesFor(model, query);
    return roles.some((role) => (model.roles[role]?.ruleIds ?? []).some((id) => rules.has(id)));
  };
  return model.subjects.filter((_, subject) => {
    const roles = [subject, ...memberGroups(model, subject)]
      .flatMap((id) => model.bindingsOfSubject[id] ?? [])
      .flatMap((position) => model.bindings[position] ?? [])
      .filter(({ ref, role }) => ref.kind === "ClusterRoleBinding" && role >= 0)
      .map(({ role }) => role);
    return gives(roles, EVERYTHING) || BINDING.every((query) => gives(roles, query));
  });
}

function missingAccounts(model: AccessModel): ReadonlyMap<string, readonly string[]> {
  const missing = model.subjects.flatMap(({ kind, namespace, name }, position) => {
    if (kind !== "ServiceAccount" || namespace === undefined || model.exists[position]) return [];
    const isBound = (model.bindingsOfSubject[position] ?? []).some((id) => (model.bindings[id]?.role ?? -1) >= 0);
    return isBound ? [{ namespace, name }] : [];
  });
  return new Map(
    [...Map.groupBy(missing, ({ namespace }) => namespace)].map(([namespace, accounts]) => [
      namespace,
      accounts.map(({ name }) => name).sort(compareText),
    ]),
  );
}
