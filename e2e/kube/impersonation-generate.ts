import { seededRandom } from "#e2e/support/random.ts";
import type { Random } from "#e2e/support/random.ts";
import type { Impersonator, ImpersonationTarget } from "#lib/engines/rbac/index.ts";
import { isResourceRequest } from "#lib/model/access.ts";
import type { AccessRequest } from "#lib/model/access.ts";
import type { ManifestObject } from "./manifests.ts";

const GROUP = "rbac.authorization.k8s.io";
const API = `${GROUP}/v1`;
const AUTHENTICATION = "authentication.k8s.io";
const AUTHENTICATED = "system:authenticated";
/** The node that the token of the account `agent` is bound to. */
export const BOUND_NODE = "n1";
export const AGENT = "system:serviceaccount:alpha:agent";
export const REQUESTERS = Array.from({ length: 14 }, (_, index) => `t${String(index)}`) as readonly string[];

const USERS = [..."alice|bob|system:anonymous|system:serviceaccount:Alpha:app|system:node:Not_A_Node".split("|")];
const NODES = ["system:node:n1", "system:node:n2"] as const;
const OWN_NODE: ImpersonationTarget = { user: NODES[0], groups: [], uid: "", extra: [] };
const ACCOUNTS = ["system:serviceaccount:alpha:app", "system:serviceaccount:beta:app"] as const;
const GROUPS = [..."devs|ops|qa|hr|legal|system:masters|system:unauthenticated|system:authenticated".split("|")];
const EXTRA_KEYS = ["example.com/scopes", "scopes", "example.com/a/b"] as const;
const MODES = ["associated-node", "arbitrary-node", "serviceaccount", "user-info", "legacy"] as const;
type Mode = (typeof MODES)[number];

/** Reads that change nothing; those of pods and configmaps are given to some targets. */
const REQUESTS: readonly AccessRequest[] = [
  read("get", "pods", "alpha", "p"),
  read("list", "pods", "alpha", ""),
  read("list", "pods", "", ""),
  read("get", "configmaps", "beta", "c"),
  read("list", "configmaps", "beta", ""),
  read("get", "nodes", "", BOUND_NODE),
  { verb: "get", path: "/metrics/slis" },
];

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

export interface ImpersonationQuestion {
  readonly who: Impersonator;
  readonly target: ImpersonationTarget;
  readonly request: AccessRequest;
}

export interface ImpersonationWorld {
  readonly objects: readonly ManifestObject[];
  readonly questions: readonly ImpersonationQuestion[];
}

/**
 * Makes requesters who may impersonate some identity in some mode, or nearly so, and requests that try it. A requester has either
 * legacy rights on nodes or constrained ones, as the server's choice between the two depends on what was asked before.
 */
export function generateImpersonations(seed: number, perRequester: number): ImpersonationWorld {
  const random = seededRandom(seed);
  const objects: ManifestObject[] = [...targets()];
  const questions = [...REQUESTERS, AGENT].flatMap((user) => {
    const who = requester(user);
    const legacyOnly = random.chance(0.35) && user !== AGENT;
    const profiles = Array.from({ length: 4 }, () => {
      const target = user === AGENT && random.chance(0.5) ? OWN_NODE : anyTarget(random, legacyOnly);
      const request = random.pick(REQUESTS);
      const mode = random.pick(fittingModes(who, target, legacyOnly));
      objects.push(...grants(random, who, target, request, mode, objects.length));
      return { who, target, request };
    });
    return Array.from({ length: perRequester }, (): ImpersonationQuestion => {
      const question = random.pick(profiles);
      if (random.chance(0.1)) return { who, target: anyTarget(random, legacyOnly), request: random.pick(REQUESTS) };
      return random.chance(0.6) ? question : withSomething(nearby(random, question, legacyOnly));
    });
  });
  const ownNode = REQUESTS.map((request) => ({ who: requester(AGENT), target: OWN_NODE, request }));
  return { objects, questions: [...questions, ...ownNode] };
}

/** Identities that may do something, so that an impersonated request is allowed now and then. */
function targets(): readonly ManifestObject[] {
  const reader = (name: string, resources: readonly string[], verbs: readonly string[]) =>
    manifest("ClusterRole", name, "", { rules: [{ verbs, apiGroups: [""], resources }] });
  const subject = (kind: string, name: string) => ({ kind, name, apiGroup: GROUP });
  const everyone = [subject("User", "alice"), subject("Group", "devs"), subject("User", USERS[3] ?? "")];
  const accounts = [subject("Group", "system:serviceaccounts:alpha"), subject("Group", "system:unauthenticated")];
  return [
    ...["alpha", "beta"].map((name) => manifest("Namespace", name, "", {}, "v1")),
    ...["agent", "app"].map((name) => manifest("ServiceAccount", name, "alpha", {}, "v1")),
    ...[BOUND_NODE, "n2"].map((name) => manifest("Node", name, "", {}, "v1")),
    reader("pods", ["pods"], ["get", "list"]),
    reader("configs", ["configmaps"], ["get"]),
    manifest("ClusterRole", "paths", "", { rules: [{ verbs: ["get"], nonResourceURLs: ["/metrics/*"] }] }),
    manifest("ClusterRole", "own-node", "", {
      rules: [
        {
          verbs: ["impersonate:associated-node"],
          apiGroups: [AUTHENTICATION],
          resources: ["nodes"],
          resourceNames: ["*"],
        },
        { verbs: ["impersonate-on:associated-node:get"], apiGroups: [""], resources: ["nodes"] },
      ],
    }),
    binding("own-node", "", "own-node", [{ kind: "ServiceAccount", name: "agent", namespace: "alpha" }]),
    binding("pods", "alpha", "pods", everyone),
    binding("configs", "beta", "configs", [...everyone, ...accounts]),
    binding("authenticated", "", "paths", [subject("Group", AUTHENTICATED)]),
    binding("ops", "", "pods", [subject("Group", "ops"), ...accounts]),
  ];
}

function requester(user: string): Impersonator {
  if (user !== AGENT) return { user, groups: [AUTHENTICATED] };
  const groups = ["system:serviceaccounts", "system:serviceaccounts:alpha", AUTHENTICATED];
  return { user, groups, extra: [["authentication.kubernetes.io/node-name", [BOUND_NODE]]] };
}

function anyTarget(random: Random, legacyOnly: boolean): ImpersonationTarget {
  const kind = random.pick(["user", "user", "account", "node"]);
  const user = random.pick(kind === "user" ? USERS : kind === "account" ? ACCOUNTS : NODES);
  const more = kind === "user" || (random.chance(0.25) && legacyOnly);
  const extra = random.some(EXTRA_KEYS, 0, 2).map((key) => [key, random.some(["x", "y", "z", "w"], 1, 4)] as const);
  const target = {
    user,
    groups: more && random.chance(0.6) ? random.some(GROUPS, 1, random.pick([1, 2, 5])) : [],
    uid: more && random.chance(0.2) ? random.pick(["u-1", "u-2"]) : "",
    extra: more && random.chance(0.3) ? extra : [],
  };
  return target.groups.length > 0 && random.chance(0.06) ? { ...target, user: "" } : target;
}

function fittingModes(who: Impersonator, { user }: ImpersonationTarget, legacyOnly: boolean): readonly Mode[] {
  if (legacyOnly) return ["legacy"];
  if (NODES.some((node) => node === user))
    return who.user === AGENT ? ["associated-node", "arbitrary-node"] : ["arbitrary-node"];
  return ACCOUNTS.some((account) => account === user) ? ["serviceaccount", "legacy"] : ["user-info", "legacy"];
}

/** Roles and bindings that give what a mode needs, each part now and then wrong in one way. */
function grants(
  random: Random,
  who: Impersonator,
  target: ImpersonationTarget,
  request: AccessRequest,
  mode: Mode,
  start: number,
): readonly ManifestObject[] {
  const legacy = mode === "legacy";
  const verb = legacy ? "impersonate" : `impersonate:${mode}`;
  const [core, named] = [legacy ? "" : AUTHENTICATION, random.chance(0.7)];
  const account = /^system:serviceaccount:([a-z]+):(.+)$/.exec(target.user);
  const node = legacy ? null : /^system:node:([a-z0-9]+)$/.exec(target.user);
  const part = (apiGroup: string, resource: string, names: readonly string[], namespace = "") => ({
    namespace,
    rule: {
      verbs: [random.chance(0.06) ? "*" : random.chance(0.04) ? "impersonate:other" : verb],
      apiGroups: [random.chance(0.04) ? (apiGroup === "" ? AUTHENTICATION : "") : apiGroup],
      resources: [resource],
      ...(named ? { resourceNames: random.chance(0.06) ? ["other"] : names } : {}),
    },
  });
  const identity = account
    ? part(core, "serviceaccounts", [account[2] ?? ""], random.pick(["", account[1] ?? "", account[1] ?? ""]))
    : node
      ? part(core, "nodes", [mode === "associated-node" && random.chance(0.7) ? "*" : (node[1] ?? "")])
      : part(core, "users", [target.user]);
  const parts: { readonly namespace: string; readonly rule: Rule }[] = [identity];
  const many = !legacy && target.groups.length >= 4 && random.chance(0.6);
  if (target.groups.length > 0) parts.push(part(core, "groups", many ? ["*"] : target.groups));
  if (target.uid !== "") parts.push(part(AUTHENTICATION, "uids", [target.uid]));
  for (const [key, values] of target.extra) {
    const resource = random.chance(0.1) ? `*/${key}` : `userextras/${random.chance(0.1) ? "*" : key}`;
    parts.push(part(AUTHENTICATION, resource, many ? ["*"] : values));
  }
  if (!legacy) parts.push(onRequest(random, mode, request));
  if (random.chance(0.12)) parts.splice(Math.floor(random.next() * parts.length), 1);
  const subject =
    who.user === AGENT
      ? { kind: "ServiceAccount", name: "agent", namespace: "alpha" }
      : { kind: "User", name: who.user, apiGroup: GROUP };
  return parts.flatMap(({ namespace, rule }, index) => {
    const name = `grant-${String(start)}-${String(index)}`;
    const place = random.chance(0.05) ? "alpha" : namespace; // a role binding gives no right on users and groups
    return [manifest("ClusterRole", name, "", { rules: [rule] }), binding(name, place, name, [subject])];
  });
}

function onRequest(random: Random, mode: Mode, request: AccessRequest) {
  const verb = `impersonate-on:${mode}:${random.chance(0.9) ? request.verb : "watch"}`;
  if (!isResourceRequest(request)) return { namespace: "", rule: { verbs: [verb], nonResourceURLs: ["/metrics/*"] } };
  const { apiGroup, resource, namespace } = request;
  const rule = { verbs: [verb], apiGroups: [apiGroup], resources: [random.chance(0.9) ? resource : "*"] };
  return { namespace: random.chance(0.5) ? namespace : "", rule };
}

/** A question whose target is somebody, or at least something: without any header nobody is impersonated. */
function withSomething(question: ImpersonationQuestion): ImpersonationQuestion {
  const { user, groups, uid, extra } = question.target;
  if (user !== "" || groups.length > 0 || uid !== "" || extra.length > 0) return question;
  return { ...question, target: { ...question.target, uid: "u-1" } };
}

/** The same with one part changed. */
function nearby(random: Random, question: ImpersonationQuestion, legacyOnly: boolean): ImpersonationQuestion {
  const { who, target } = question;
  const fixed = !legacyOnly && NODES.some((node) => node === target.user);
  switch (random.pick(["request", "request", "group", "uid", "user", "fewer", "extra"])) {
    case "group":
      return fixed ? question : { ...question, target: { ...target, groups: random.some(GROUPS, 0, 5) } };
    case "uid":
      return fixed ? question : { ...question, target: { ...target, uid: "u-1" } };
    case "extra":
      return fixed ? question : { ...question, target: { ...target, extra: [["example.com/scopes", ["x"]]] } };
    case "fewer":
      return { ...question, target: { ...target, groups: target.groups.slice(1), uid: "", extra: [] } };
    case "user":
      return { ...question, target: { ...target, user: anyTarget(random, legacyOnly).user } };
    default:
      return { who, target, request: random.pick(REQUESTS) };
  }
}

function read(verb: string, resource: string, namespace: string, name: string): AccessRequest {
  return { verb, apiGroup: "", resource, subresource: "", namespace, name };
}

function binding(name: string, namespace: string, role: string, subjects: readonly object[]): ManifestObject {
  const roleRef = { apiGroup: GROUP, kind: "ClusterRole", name: role };
  return manifest(namespace === "" ? "ClusterRoleBinding" : "RoleBinding", name, namespace, { roleRef, subjects });
}

function manifest(kind: string, name: string, namespace: string, content: object, apiVersion = API): ManifestObject {
  const place = namespace === "" ? {} : { namespace };
  return { apiVersion, kind, name, ...place, object: { apiVersion, kind, metadata: { name, ...place }, ...content } };
}
