import { seededRandom } from "#e2e/support/random.ts";
import type { Random } from "#e2e/support/random.ts";
import type { WriteOperation } from "#lib/engines/rbac/index.ts";
import type { UserInfo } from "#lib/model/access.ts";
import { asItems, asRecord, asText } from "./json.ts";
import type { JsonRecord } from "./json.ts";
import type { ManifestObject } from "./manifests.ts";

const GROUP = "rbac.authorization.k8s.io";
const API = `${GROUP}/v1`;
const NAMESPACES = ["alpha", "beta"] as const;
const KINDS = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"] as const;
const RESOURCE_OF = {
  Role: "roles",
  ClusterRole: "clusterroles",
  RoleBinding: "rolebindings",
  ClusterRoleBinding: "clusterrolebindings",
} as const;
const VERBS = ["get", "list", "watch", "create", "impersonate", "*"] as const;
const API_GROUPS = ["", "apps", GROUP, "*"] as const;
const RESOURCES = [
  ..."pods|pods/log|*/log|secrets|deployments|deployments/scale|*/scale|*/*|pods/*|roles|*".split("|"),
] as readonly string[];
const NAMES = ["a", "b", "*", ""] as const;
const URLS = ["/healthz", "/healthz/*", "/healthz/etcd", "/metrics", "/met*", "/", "*"] as const;
const ROLES = ["r0", "r1", "r2", "r3"] as const;
const CLUSTER_ROLES = ["c0", "c1", "c2", "c3", "c4", "aggregated", "empty", "everything"] as const;
const ACCOUNT = "system:serviceaccount:alpha:writer";
const USERS = [..."u0|u1|u2|u3|u4|u5|u6|u7|u8|u9|u10|u11".split("|"), ACCOUNT] as readonly string[];

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** One user with what it was given; "" is cluster-wide. */
interface Holder {
  readonly who: UserInfo;
  readonly held: { readonly namespace: string; readonly rule: Rule }[];
}

/** A cluster whose users may write some kinds of roles and bindings, hold some rights and sometimes `escalate` or `bind`. */
export interface WriteWorld {
  readonly objects: readonly ManifestObject[];
  readonly holders: readonly Holder[];
}

export interface WriteRequest {
  readonly who: UserInfo;
  readonly operation: WriteOperation;
  readonly object: JsonRecord;
}

/** Makes a cluster from a seed. Equal seeds give equal results. */
export function generateWriteWorld(seed: number): WriteWorld {
  const random = seededRandom(seed);
  const objects: ManifestObject[] = NAMESPACES.map((name) => manifest("v1", "Namespace", name, "", {}));
  const rulesOf = new Map<string, readonly Rule[]>();
  const role = (kind: string, namespace: string, name: string, rules: readonly Rule[], more: object = {}) => {
    objects.push(manifest(API, kind, name, namespace, { rules, ...more }));
    rulesOf.set(`${kind}/${namespace}/${name}`, rules);
  };
  for (const name of CLUSTER_ROLES.slice(0, 5)) role("ClusterRole", "", name, anyRules(random, true));
  for (const namespace of NAMESPACES) for (const name of ROLES) role("Role", namespace, name, anyRules(random, false));
  const selectors = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: "aggregated" } }] } };
  role("ClusterRole", "", "aggregated", [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }], selectors);
  role("ClusterRole", "", "empty", []);
  const everything = [
    { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
    { verbs: ["*"], nonResourceURLs: ["*"] },
  ];
  role("ClusterRole", "", "everything", everything);
  let count = 0;
  const bind = (holder: Holder, namespace: string, kind: string, name: string, throughGroup = false) => {
    const { user, groups } = holder.who;
    const own = throughGroup ? { kind: "Group", name: groups[0] ?? user } : { kind: "User", name: user };
    const bindingKind = namespace === "" ? "ClusterRoleBinding" : "RoleBinding";
    objects.push(
      manifest(API, bindingKind, `b${String(count++)}`, namespace, {
        roleRef: { apiGroup: GROUP, kind, name },
        subjects: [{ ...own, apiGroup: GROUP }],
      }),
    );
    for (const rule of rulesOf.get(`${kind}/${kind === "Role" ? namespace : ""}/${name}`) ?? [])
      holder.held.push({ namespace, rule });
  };
  const holders = USERS.map((user, index): Holder => {
    const groups =
      user === ACCOUNT
        ? ["system:serviceaccounts", "system:serviceaccounts:alpha", "system:authenticated"]
        : [`team-${user}`, "system:authenticated"];
    const holder: Holder = { who: { user, groups }, held: [] };
    const own = (name: string, rules: readonly Rule[]) => {
      role("ClusterRole", "", `${name}-${String(index)}`, rules);
      bind(holder, random.chance(0.65) ? "" : random.pick(NAMESPACES), "ClusterRole", `${name}-${String(index)}`);
    };
    own("write", writeRules(random));
    if (random.chance(0.4)) own("write-more", writeRules(random));
    if (random.chance(0.5)) own("explicit", explicitRules(random));
    for (let more = random.pick([1, 2, 3]); more > 0; more--) {
      const namespace = random.pick(["", ...NAMESPACES]);
      const kind = namespace !== "" && random.chance(0.5) ? "Role" : "ClusterRole";
      const name = kind === "Role" ? random.pick(ROLES) : random.pick(CLUSTER_ROLES.slice(0, 6));
      bind(holder, namespace, kind, name, random.chance(0.4));
    }
    if (random.chance(0.12)) bind(holder, random.pick(["", "alpha"]), "ClusterRole", "everything");
    return holder;
  });
  return { objects, holders };
}

function writeRules(random: Random): readonly Rule[] {
  if (random.chance(0.6)) {
    const resources = random.some(Object.values(RESOURCE_OF), 2, 4);
    return [{ verbs: ["create", "update"], apiGroups: [GROUP], resources }];
  }
  const named = { verbs: ["update", "create"], apiGroups: [GROUP], resources: Object.values(RESOURCE_OF) };
  return [
    { verbs: [random.pick(["create", "update"])], apiGroups: [GROUP], resources: Object.values(RESOURCE_OF) },
    { ...named, resourceNames: random.some([...ROLES, ...CLUSTER_ROLES, "new"], 2, 5) },
  ];
}

function explicitRules(random: Random): readonly Rule[] {
  const resources = random.some(["roles", "clusterroles", "rolebindings"], 1, 2);
  const names = random.chance(0.5) ? { resourceNames: random.some([...ROLES, ...CLUSTER_ROLES, "new"], 1, 4) } : {};
  return [{ verbs: random.some(["bind", "escalate"], 1, 2), apiGroups: [GROUP], resources, ...names }];
}

function anyRules(random: Random, withUrls: boolean): readonly Rule[] {
  return Array.from({ length: random.pick([1, 2, 3]) }, () => anyRule(random, withUrls));
}

function anyRule(random: Random, withUrls: boolean): Rule {
  const verbs = random.some(VERBS, 1, 3);
  if (withUrls && random.chance(0.2)) return { verbs, nonResourceURLs: random.some(URLS, 1, 2) };
  const resourceNames = random.chance(0.3) ? { resourceNames: random.some(NAMES, 1, 2) } : {};
  return { verbs, apiGroups: random.some(API_GROUPS, 1, 2), resources: random.some(RESOURCES, 1, 3), ...resourceNames };
}

/**
 * Requests of the users of a world, most of them close to what their user holds.
 * @param stored  The world's roles and bindings as the server keeps them; updates start from these.
 */
export function generateWriteRequests(
  seed: number,
  { holders }: WriteWorld,
  stored: readonly JsonRecord[],
  count: number,
): readonly WriteRequest[] {
  const random = seededRandom(seed ^ 0x5eed);
  return Array.from({ length: count }, (_, index) => {
    const holder = random.pick(holders);
    const who = random.chance(0.02)
      ? { user: holder.who.user, groups: ["system:masters", "system:authenticated"] }
      : holder.who;
    const base = random.chance(0.5) ? null : random.pick(stored);
    const object = base === null ? newObject(random, holder, index) : changed(random, holder, base);
    const operation = base === null ? (random.chance(0.85) ? "create" : "update") : "update";
    return { who, operation: random.chance(0.03) ? "create" : operation, object: spoilt(random, object) };
  });
}

function newObject(random: Random, holder: Holder, index: number): JsonRecord {
  const kind = random.pick(KINDS);
  const namespace = kind === "Role" || kind === "RoleBinding" ? random.pick(NAMESPACES) : "";
  const name = random.chance(0.4) ? "new" : random.chance(0.9) ? `new-${String(index)}` : random.pick(CLUSTER_ROLES);
  const content = kind.endsWith("Binding")
    ? { roleRef: anyReference(random, kind), subjects: anySubjects(random) }
    : { rules: rulesNear(random, holder, namespace), ...anyAggregation(random, kind) };
  return manifest(API, kind, name, namespace, content).object;
}

function anyAggregation(random: Random, kind: string): object {
  if (kind !== "ClusterRole" || random.chance(0.85)) return {};
  return { aggregationRule: { clusterRoleSelectors: random.chance(0.8) ? [{ matchLabels: { x: "y" } }] : [] } };
}

/** An update that starts from what is stored: other rules or subjects, labels, owners only, or nothing. */
function changed(random: Random, holder: Holder, base: JsonRecord): JsonRecord {
  const metadata = asRecord(base["metadata"]);
  const bare = { name: metadata["name"], namespace: metadata["namespace"] };
  const kind = asText(base["kind"]);
  const owner = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: "1" };
  switch (random.pick(["content", "content", "content", "labels", "owners", "finalizers", "nothing", "reference"])) {
    case "labels":
      return { ...base, metadata: { ...metadata, labels: { changed: "yes" } } };
    case "owners":
      return { ...base, metadata: { ...metadata, ownerReferences: [owner] } };
    case "finalizers":
      return { ...base, metadata: { ...(random.chance(0.7) ? metadata : bare), finalizers: ["kordon.test/keep"] } };
    case "nothing":
      return random.chance(0.5) ? base : { ...base, metadata: bare };
    case "reference":
      return kind.endsWith("Binding") ? { ...base, roleRef: anyReference(random, kind) } : { ...base, metadata: bare };
    default: {
      const content = kind.endsWith("Binding")
        ? { subjects: anySubjects(random) }
        : { rules: rulesNear(random, holder, asText(metadata["namespace"])), ...anyAggregation(random, kind) };
      return { ...base, metadata: random.chance(0.5) ? bare : metadata, ...content };
    }
  }
}

/** One or two rules that the user holds in the namespace, or nearly holds. */
function rulesNear(random: Random, { held }: Holder, namespace: string): readonly Rule[] {
  const usable = held.filter((entry) => entry.namespace === "" || entry.namespace === namespace);
  const near = random.chance(0.8) ? usable : held;
  return Array.from({ length: random.pick([0, 1, 1, 1, 2]) }, () =>
    near.length === 0 || random.chance(0.06)
      ? anyRule(random, namespace === "")
      : nearby(random, random.pick(near).rule),
  );
}

function nearby(random: Random, rule: Rule): Rule {
  const part = (entries: readonly string[]) => random.some(entries, 1, entries.length);
  const narrowed: Rule = { ...rule, verbs: part(rule.verbs) };
  if (rule.nonResourceURLs !== undefined) {
    const urls = part(rule.nonResourceURLs).map((url) => (random.chance(0.5) ? url : url.replace("*", "x")));
    return { ...narrowed, nonResourceURLs: random.chance(0.2) ? [...urls, random.pick(URLS)] : urls };
  }
  const resources = part(rule.resources ?? []);
  const apiGroups = part(rule.apiGroups ?? []);
  const near = { ...narrowed, resources, apiGroups };
  const [resource = "pods"] = resources;
  switch (random.pick(["same", "same", "verb", "star", "sub", "names", "unnamed", "group", "concrete", "concrete"])) {
    case "verb":
      return { ...near, verbs: [...near.verbs, random.pick(VERBS)] };
    case "star":
      return { ...near, [random.pick(["verbs", "apiGroups", "resources"])]: ["*"] };
    case "sub":
      return { ...near, resources: [resource.includes("/") ? "pods" : `${resource}/log`] };
    case "names":
      return { ...near, resourceNames: random.some(NAMES, 1, 2) };
    case "unnamed": {
      const { resourceNames, ...unnamed } = near;
      return unnamed;
    }
    case "group":
      return { ...near, apiGroups: [...apiGroups, random.pick(API_GROUPS)] };
    case "concrete":
      return {
        ...near,
        verbs: near.verbs.map((verb) => (verb === "*" ? "get" : verb)),
        apiGroups: apiGroups.map((group) => (group === "*" ? "apps" : group)),
        resources: resources.map((entry) => (entry === "*" ? "widgets/x" : entry.replace("*/", "widgets/"))),
      };
    default:
      return near;
  }
}

function anyReference(random: Random, bindingKind: string): JsonRecord {
  const kind = bindingKind === "RoleBinding" && random.chance(0.5) ? "Role" : "ClusterRole";
  const names = kind === "Role" ? ROLES : CLUSTER_ROLES;
  return { apiGroup: GROUP, kind, name: random.chance(0.07) ? "missing" : random.pick(names) };
}

function anySubjects(random: Random): readonly JsonRecord[] {
  const subjects = [
    { kind: "User", name: "somebody" },
    { kind: "Group", name: "team", apiGroup: GROUP },
    { kind: "ServiceAccount", name: "writer", namespace: "alpha" },
  ];
  return random.some(subjects, 0, 2);
}

/** Now and then an object that no API server takes. */
function spoilt(random: Random, object: JsonRecord): JsonRecord {
  if (random.chance(0.94)) return object;
  const metadata = asRecord(object["metadata"]);
  const [rule] = asItems(object["rules"]);
  switch (random.pick(["label", "uid", "content", "content", "content"])) {
    case "label":
      return { ...object, metadata: { ...metadata, labels: { "not valid": "x" } } };
    case "uid":
      return { ...object, metadata: { ...metadata, uid: "another" } };
    default:
      if (rule !== undefined) return { ...object, rules: [{ ...rule, verbs: [] }] };
      return object["roleRef"] === undefined ? object : { ...object, subjects: [{ kind: "Robot", name: "x" }] };
  }
}

function manifest(apiVersion: string, kind: string, name: string, namespace: string, content: object): ManifestObject {
  const place = namespace === "" ? {} : { namespace };
  return { apiVersion, kind, name, ...place, object: { apiVersion, kind, metadata: { name, ...place }, ...content } };
}
