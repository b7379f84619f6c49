import { seededRandom } from "#e2e/support/random.ts";
import type { Random } from "#e2e/support/random.ts";
import type { AccessRequest, UserInfo } from "#lib/model/access.ts";
import type { ManifestObject } from "./manifests.ts";
import type { AccessQuestion } from "./subject-access-review.ts";

const API = "rbac.authorization.k8s.io/v1";
const GROUP = "rbac.authorization.k8s.io";
const AGGREGATE = "kordon.test/aggregate";

/** Namespaces and names that are valid and awkward for a program that keeps them as keys. */
const NAMESPACES = ["alpha", "beta", "constructor", "default", "kube-system", "0", "team-a"] as const;
const ACCOUNTS = ["default", "builder", "a.b", "constructor", "0"] as const;
const USERS = [
  ..."alice|Alice|bob |__proto__|constructor|*|oidc:dave@example.com|system:anonymous".split("|"),
  ...[
    "system:serviceaccount:alpha:builder",
    "system:serviceaccount:beta",
    "system:serviceaccount::x",
    "system:node:n1",
  ],
  ..."ünïcode|evil\u202Euser|system:kube-scheduler".split("|"),
] as readonly string[];
const GROUPS = [
  ..."devs|Devs|__proto__|*|oidc:team a, b|system:nodes|system:serviceaccounts|system:serviceaccounts:alpha".split("|"),
  ..."system:serviceaccounts:constructor|system:authenticated|system:unauthenticated|system:bootstrappers".split("|"),
] as readonly string[];
const VERBS = [
  ..."get|list|watch|create|update|patch|delete|deletecollection|*|impersonate|bind|escalate|use|GET|get*".split("|"),
] as readonly string[];
const API_GROUPS = ["", "apps", "batch", GROUP, "*", "apps/v1", "example.com", "authentication.k8s.io"] as const;
const RESOURCES = [
  ..."pods|pods/exec|pods/log|pods/*|*/exec|*/scale|*|*/*|secrets|configmaps|serviceaccounts|serviceaccounts/token".split(
    "|",
  ),
  ..."deployments|deployments/scale|roles|clusterroles|nodes|nodes/proxy|namespaces|Pods|pod|widgets|users|groups".split(
    "|",
  ),
  ..."endpoints|leases|__proto__".split("|"),
] as readonly string[];
const NAMES = ["", "app-1", "app-2", "*", "__proto__", "alpha", "beta", "admin", "n1", "APP-1"] as const;
const URLS = ["*", "/healthz", "/healthz/*", "/metrics", "/api", "/api*", "/logs/*", "/apis/**", "/version/"] as const;
const PATHS = [
  ..."/|/healthz|/healthz/|/healthz/etcd|/metrics|/metrics/cadvisor|/api|/apis|/api/v1|/logs|/logs/x|*|/*|".split("|"),
  ..."/version|/version/|/apis/*|healthz|/HEALTHZ|/openapi/v3|/debug/pprof".split("|"),
] as readonly string[];
const ROLE_NAMES = ["r0", "r1", "r2", "r3", "r4", "same", "__proto__", "with:colon", "Upper"] as const;

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

interface Bound {
  readonly namespace: string;
  readonly subjects: readonly Subject[];
  readonly rules: readonly Rule[];
}

interface Subject {
  readonly kind: string;
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** RBAC objects made from a seed, and questions about them. */
export interface GeneratedRbac {
  readonly seed: number;
  /** Namespaces, service accounts, roles and bindings that an API server accepts from a member of `system:masters`. */
  readonly objects: readonly ManifestObject[];
  /** ClusterRoles whose rules the controller manager fills. */
  readonly aggregatedRoles: readonly string[];
  /** About half are made from a rule that some subject holds, often with one part changed; the rest is made of any parts. */
  readonly questions: readonly AccessQuestion[];
}

/**
 * Generates roles of every kind (wildcards, subresources, names, URLs, aggregation), bindings to every kind of subject,
 * references that lead nowhere, and requests. No user is a node to the Node authorizer. Equal seeds give equal results.
 */
export function generateRbac(seed: number, questionCount: number): GeneratedRbac {
  const random = seededRandom(seed);
  const objects: ManifestObject[] = [];
  const bound: Bound[] = [];
  for (const name of NAMESPACES) objects.push(object("v1", "Namespace", name, undefined, {}));
  for (const namespace of NAMESPACES)
    for (const name of random.some(ACCOUNTS, 2, ACCOUNTS.length))
      objects.push(object("v1", "ServiceAccount", name, namespace, {}));
  const { rulesOf, aggregatedRoles } = generateRoles(random, objects);
  for (let index = 0; index < 60; index++) {
    const role = random.pick([...ROLE_NAMES, ...ROLE_NAMES, "missing", "agg-all", "view", "edit", "system:discovery"]);
    const subjects = generateSubjects(random, "");
    objects.push(binding("ClusterRoleBinding", `crb-${String(index)}`, undefined, "ClusterRole", role, subjects));
    bound.push({ namespace: "", subjects, rules: rulesOf.get(`ClusterRole//${role}`) ?? [] });
  }
  for (let index = 0; index < 160; index++) {
    const namespace = random.pick(NAMESPACES);
    const kind = random.pick(["Role", "Role", "ClusterRole"]);
    const role = random.pick([
      ...ROLE_NAMES,
      ...ROLE_NAMES,
      "missing",
      ...(kind === "Role" ? [] : ["agg-some", "admin"]),
    ]);
    const subjects = generateSubjects(random, namespace);
    objects.push(binding("RoleBinding", `rb-${String(index)}`, namespace, kind, role, subjects));
    const rules = rulesOf.get(`${kind}/${kind === "Role" ? namespace : ""}/${role}`) ?? [];
    bound.push({ namespace, subjects, rules });
  }
  const questions = Array.from({ length: questionCount }, () => generateQuestion(random, bound));
  return { seed, objects, aggregatedRoles, questions };
}

function generateRoles(random: Random, objects: ManifestObject[]) {
  const rulesOf = new Map<string, readonly Rule[]>();
  for (const name of ROLE_NAMES) {
    const rules = Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => generateRule(random, true));
    rulesOf.set(`ClusterRole//${name}`, rules);
    const labels: Readonly<Record<string, string>> = random.chance(0.6)
      ? { [AGGREGATE]: random.pick(["one", "two"]) }
      : {};
    objects.push(object(API, "ClusterRole", name, undefined, { rules }, labels));
    for (const namespace of NAMESPACES) {
      if (random.chance(0.3)) continue;
      const local = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => generateRule(random, false));
      rulesOf.set(`Role/${namespace}/${name}`, local);
      objects.push(object(API, "Role", name, namespace, { rules: local }));
    }
  }
  // One rule is certain, so that "filled" can be waited for.
  const certain: Rule = { verbs: ["list"], apiGroups: ["example.com"], resources: ["widgets"] };
  objects.push(object(API, "ClusterRole", "agg-source", undefined, { rules: [certain] }, { [AGGREGATE]: "one" }));
  const selectors: readonly (readonly [name: string, selectors: readonly object[]])[] = [
    ["agg-some", [{ matchLabels: { [AGGREGATE]: "one" } }]],
    ["agg-all", [{ matchExpressions: [{ key: AGGREGATE, operator: "Exists" }] }, { matchLabels: { nested: "yes" } }]],
  ];
  for (const [name, clusterRoleSelectors] of selectors) {
    objects.push(object(API, "ClusterRole", name, undefined, { aggregationRule: { clusterRoleSelectors } }));
    rulesOf.set(`ClusterRole//${name}`, [certain]);
  }
  return { rulesOf, aggregatedRoles: selectors.map(([name]) => name) };
}

function generateRule(random: Random, withUrls: boolean): Rule {
  const verbs = random.some(VERBS, 1, 4);
  if (withUrls && random.chance(0.2)) return { verbs, nonResourceURLs: random.some(URLS, 1, 2) };
  const resourceNames = random.chance(0.3) ? { resourceNames: random.some(NAMES.slice(1), 1, 3) } : {};
  // Several verbs in a small world: without the core group most requests would meet no rule at all.
  const apiGroups = random.chance(0.5)
    ? ["", ...random.some(API_GROUPS.slice(1), 0, 1)]
    : random.some(API_GROUPS, 1, 2);
  return { verbs, apiGroups, resources: random.some(RESOURCES, 1, 4), ...resourceNames };
}

/** An empty list is valid and binds nobody. A service account without namespace is valid in a RoleBinding only. */
function generateSubjects(random: Random, bindingNamespace: string): readonly Subject[] {
  const count = random.pick([0, 1, 1, 1, 2, 3]);
  return Array.from({ length: count }, (): Subject => {
    const kind = random.pick(["User", "Group", "ServiceAccount", "ServiceAccount"]);
    if (kind === "User") return { kind, apiGroup: GROUP, name: random.pick(USERS) };
    if (kind === "Group") return { kind, apiGroup: GROUP, name: random.pick(GROUPS) };
    const name = random.pick(ACCOUNTS);
    if (bindingNamespace !== "" && random.chance(0.3)) return { kind, name };
    return { kind, name, namespace: random.pick([...NAMESPACES, "no-such-namespace"]) };
  });
}

function generateQuestion(random: Random, bound: readonly Bound[]): AccessQuestion {
  const source = random.chance(0.55) ? random.pick(bound) : null;
  const subject = source === null || source.subjects.length === 0 ? null : random.pick(source.subjects);
  const rule = source === null || source.rules.length === 0 ? null : random.pick(source.rules);
  const who =
    subject === null || random.chance(0.1) ? anyUser(random) : userOf(random, subject, source?.namespace ?? "");
  const request = rule === null ? anyRequest(random) : requestOf(random, rule, source?.namespace ?? "");
  return { who: withoutNode(who), request };
}

function userOf(random: Random, { kind, name, namespace }: Subject, bindingNamespace: string): UserInfo {
  if (kind === "Group") return { user: random.pick(USERS), groups: [...random.some(GROUPS, 0, 1), name] };
  if (kind === "User") return { user: name, groups: random.some(GROUPS, 0, 2) };
  return accountUser(random, namespace ?? bindingNamespace, name);
}

function accountUser(random: Random, namespace: string, name: string): UserInfo {
  const fixed = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
  const groups = random.chance(0.9) ? fixed : random.some(GROUPS, 0, 2); // impersonation can replace the fixed groups
  return { user: `system:serviceaccount:${namespace}:${name}`, groups };
}

function anyUser(random: Random): UserInfo {
  if (random.chance(0.4)) return accountUser(random, random.pick(NAMESPACES), random.pick(ACCOUNTS));
  if (random.chance(0.1)) return { user: "system:anonymous", groups: ["system:unauthenticated"] };
  if (random.chance(0.05)) return { user: random.pick(USERS), groups: ["system:masters"] };
  if (random.chance(0.1)) return { user: "", groups: random.some(GROUPS, 1, 2) };
  return { user: random.pick(USERS), groups: random.some(GROUPS, 0, 3) };
}

/** Takes the group from users that the Node authorizer would speak for. */
function withoutNode(who: UserInfo): UserInfo {
  if (!who.user.startsWith("system:node:")) return who;
  return { user: who.user, groups: who.groups.filter((group) => group !== "system:nodes") };
}

/** A request that the rule allows in the namespace, or nearly so: each part is changed now and then. */
function requestOf(random: Random, rule: Rule, namespace: string): AccessRequest {
  const part = (entries: readonly string[], all: readonly string[]) => {
    const entry = random.pick(entries);
    return entry === "*" || random.chance(0.08) ? random.pick(all) : entry;
  };
  const verb = part(rule.verbs, VERBS);
  if (rule.nonResourceURLs !== undefined) {
    const url = random.pick(rule.nonResourceURLs);
    const path = url.endsWith("*") ? `${url.replace(/\*+$/, "")}${random.pick(["", "x", "/x"])}` : url;
    return { verb, path: random.chance(0.15) ? random.pick(PATHS) : path };
  }
  const resource = part(rule.resources ?? RESOURCES, RESOURCES).replace(
    /^\*\//,
    `${random.pick(["pods", "deployments"])}/`,
  );
  return {
    verb,
    apiGroup: part(rule.apiGroups ?? API_GROUPS, API_GROUPS),
    ...splitResource(resource),
    namespace: random.chance(0.12) ? random.pick(["", ...NAMESPACES]) : namespace || random.pick(["", ...NAMESPACES]),
    name: part(rule.resourceNames ?? NAMES, NAMES),
  };
}

function anyRequest(random: Random): AccessRequest {
  const verb = random.pick(VERBS);
  if (random.chance(0.2)) return { verb, path: random.pick(PATHS) };
  return {
    verb,
    apiGroup: random.pick(API_GROUPS),
    ...splitResource(random.pick(RESOURCES)),
    namespace: random.pick(["", "no-such-namespace", ...NAMESPACES]),
    name: random.pick(NAMES),
  };
}

function splitResource(text: string): { readonly resource: string; readonly subresource: string } {
  const slash = text.indexOf("/");
  return slash < 0
    ? { resource: text, subresource: "" }
    : { resource: text.slice(0, slash), subresource: text.slice(slash + 1) };
}

function binding(
  kind: string,
  name: string,
  namespace: string | undefined,
  roleKind: string,
  role: string,
  subjects: readonly Subject[],
): ManifestObject {
  return object(API, kind, name, namespace, { roleRef: { apiGroup: GROUP, kind: roleKind, name: role }, subjects });
}

function object(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | undefined,
  content: object,
  labels: Readonly<Record<string, string>> = {},
): ManifestObject {
  const place = namespace === undefined ? {} : { namespace };
  return {
    apiVersion,
    kind,
    name,
    ...place,
    object: { apiVersion, kind, metadata: { name, ...place, labels }, ...content },
  };
}
