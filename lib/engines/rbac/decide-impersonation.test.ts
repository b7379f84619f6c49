import { describe, expect, it } from "vitest";
import type { AccessRequest } from "#lib/model/access.ts";
import type { PolicyRule } from "#lib/model/rbac.ts";
import { aBinding, aClusterRole, aGroup, anAccount, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "./compile-access.ts";
import { decideImpersonation, type ImpersonationTarget, type Impersonator } from "./decide-impersonation.ts";
import { AUTHENTICATED, MASTERS } from "./identity.ts";

const AUTHENTICATION = "authentication.k8s.io";
const EVE: Impersonator = { user: "eve", groups: [AUTHENTICATED] };
const AGENT: Impersonator = {
  user: "system:serviceaccount:ops:agent",
  groups: ["system:serviceaccounts", "system:serviceaccounts:ops", AUTHENTICATED],
  extra: [["authentication.kubernetes.io/node-name", ["n1"]]],
};
const LIST_PODS: AccessRequest = {
  verb: "list",
  apiGroup: "",
  resource: "pods",
  subresource: "",
  namespace: "payments",
  name: "",
};
const GET_NODE: AccessRequest = { ...LIST_PODS, verb: "get", resource: "nodes", namespace: "", name: "n1" };

const target = (user: string, more: Partial<ImpersonationTarget> = {}): ImpersonationTarget => ({
  user,
  groups: [],
  uid: "",
  extra: [],
  ...more,
});

const may = (
  verb: string,
  resource: string,
  resourceNames: readonly string[] = [],
  apiGroup = AUTHENTICATION,
): PolicyRule => aRule({ verbs: [verb], apiGroups: [apiGroup], resources: [resource], resourceNames });
const legacy = (resource: string, resourceNames: readonly string[] = []) =>
  may("impersonate", resource, resourceNames, "");
const onPods = (mode: string) => may(`impersonate-on:${mode}:list`, "pods", [], "");

/** Eve and the agent hold rules cluster-wide, others in a namespace; bob and the members of `readers` may list pods everywhere. */
function cluster(
  rules: readonly PolicyRule[],
  local: { readonly namespace?: string; readonly rules?: readonly PolicyRule[] } = {},
): SnapshotParts {
  const subjects = [aUser("eve"), anAccount("ops", "agent")];
  const readers = [aUser("bob"), aGroup("readers"), aGroup("system:serviceaccounts:shop")];
  return {
    clusterRoles: [
      aClusterRole("mine", rules),
      aClusterRole("local", local.rules ?? []),
      aClusterRole("pods", [aRule({ verbs: ["list"] })]),
      aClusterRole("system:node", [aRule({ resources: ["nodes"] })]),
    ],
    clusterRoleBindings: [
      aBinding({ name: "mine", role: "mine", subjects }),
      aBinding({ name: "pods", role: "pods", subjects: readers }),
    ],
    roleBindings:
      local.namespace === undefined
        ? []
        : [aBinding({ name: "local", namespace: local.namespace, role: "local", subjects })],
  };
}

function decide(parts: SnapshotParts, asked: ImpersonationTarget, { who = EVE, request = LIST_PODS, minor = 37 } = {}) {
  const decision = decideImpersonation(compileAccess(aSnapshot(parts)), who, asked, request, { minor });
  return { decision, answer: decision.verdict === "allowed" ? decision.mode : decision.reason };
}

const READERS = target("bob", { groups: ["readers"] });
const ACCOUNT = target("system:serviceaccount:shop:web");

describe("with the verb impersonate", () => {
  it.each([
    { name: "a user, who may", rules: [legacy("users")], asked: target("bob"), answer: "legacy" },
    { name: "a user by name", rules: [legacy("users", ["bob"])], asked: target("bob"), answer: "legacy" },
    { name: "another user than named", rules: [legacy("users", ["bob"])], asked: target("carl"), answer: "refused" },
    { name: "a user, who may not", rules: [legacy("users")], asked: target("carl"), answer: "request" },
    {
      name: "44: users through a role binding",
      local: { namespace: "payments", rules: [legacy("users")] },
      asked: target("bob"),
      answer: "refused",
    },
    {
      name: "44: service accounts through a role binding of their namespace",
      local: { namespace: "shop", rules: [legacy("serviceaccounts")] },
      asked: ACCOUNT,
      answer: "legacy",
    },
    {
      name: "44: service accounts through a role binding of another namespace",
      local: { namespace: "payments", rules: [legacy("serviceaccounts")] },
      asked: ACCOUNT,
      answer: "refused",
    },
    { name: "a service account is not a user", rules: [legacy("users")], asked: ACCOUNT, answer: "refused" },
    {
      name: "an impossible service account is a user",
      rules: [legacy("users")],
      asked: target("system:serviceaccount:Shop:web"),
      answer: "request",
    },
    { name: "45: groups without users", rules: [legacy("groups")], asked: READERS, answer: "refused" },
    {
      name: "45: groups alone are no request",
      rules: [legacy("groups")],
      asked: target("", { groups: ["readers"] }),
      answer: "no-user",
    },
    {
      name: "every group must be allowed",
      rules: [legacy("users"), legacy("groups", ["readers"])],
      asked: target("x", { groups: ["readers", "more"] }),
      answer: "refused",
    },
    {
      name: "a group that may",
      rules: [legacy("users"), legacy("groups", ["readers"])],
      asked: target("x", { groups: ["readers"] }),
      answer: "legacy",
    },
    {
      name: "system:masters",
      rules: [legacy("users"), legacy("groups")],
      asked: target("x", { groups: [MASTERS] }),
      answer: "legacy",
    },
    {
      name: "a uid needs its own right",
      rules: [legacy("users")],
      asked: target("bob", { uid: "1" }),
      answer: "refused",
    },
    {
      name: "a uid",
      rules: [legacy("users"), may("impersonate", "uids")],
      asked: target("bob", { uid: "1" }),
      answer: "legacy",
    },
    {
      name: "extra of another key",
      rules: [legacy("users"), may("impersonate", "userextras/a")],
      asked: target("bob", { extra: [["b", ["x"]]] }),
      answer: "refused",
    },
    {
      name: "extra, every value",
      rules: [legacy("users"), may("impersonate", "userextras/b", ["x"])],
      asked: target("bob", { extra: [["b", ["x", "y"]]] }),
      answer: "refused",
    },
    {
      name: "extra",
      rules: [legacy("users"), may("impersonate", "userextras/b", ["x"])],
      asked: target("bob", { extra: [["b", ["x"]]] }),
      answer: "legacy",
    },
    { name: "47: every verb in core", rules: [may("*", "*", [], "")], asked: target("bob"), answer: "legacy" },
    { name: "nobody at all", rules: [], asked: target(""), answer: "request" },
  ])("$name: $answer", ({ rules = [], local = {}, asked, answer }) => {
    const parts = cluster(rules, local);
    expect(decide(parts, asked).answer).toBe(answer);
    expect(decide(parts, asked, { minor: 35 }).answer).toBe(answer);
  });

  it.each([
    { name: "a user is authenticated", user: "x", groups: [], expected: [AUTHENTICATED] },
    { name: "named groups are added to", user: "x", groups: ["a"], expected: ["a", AUTHENTICATED] },
    {
      name: "an unauthenticated group stays alone",
      user: "x",
      groups: ["system:unauthenticated"],
      expected: ["system:unauthenticated"],
    },
    { name: "nobody is unauthenticated", user: "system:anonymous", groups: [], expected: ["system:unauthenticated"] },
    {
      name: "a service account has its groups",
      user: ACCOUNT.user,
      groups: [],
      expected: ["system:serviceaccounts", "system:serviceaccounts:shop", AUTHENTICATED],
    },
    {
      name: "named groups replace those of a service account",
      user: ACCOUNT.user,
      groups: ["a"],
      expected: ["a", AUTHENTICATED],
    },
    { name: "a node has no group of nodes", user: "system:node:n1", groups: [], expected: [AUTHENTICATED] },
  ])("groups: $name", ({ user, groups, expected }) => {
    const { decision } = decide(cluster([may("*", "*", [], "")]), target(user, { groups }));
    expect("as" in decision && decision.as?.groups).toEqual(expected);
  });
});

describe("in constrained modes", () => {
  const identity = may("impersonate:user-info", "users");
  it.each([
    { name: "both halves", rules: [identity, onPods("user-info")], asked: target("bob"), answer: "user-info" },
    {
      name: "46: impersonate-on without impersonate:mode",
      rules: [onPods("user-info")],
      asked: target("bob"),
      answer: "refused",
    },
    { name: "impersonate:mode without impersonate-on", rules: [identity], asked: target("bob"), answer: "refused" },
    {
      name: "impersonate-on of another mode",
      rules: [identity, onPods("serviceaccount")],
      asked: target("bob"),
      answer: "refused",
    },
    {
      name: "the identity in core",
      rules: [may("impersonate:user-info", "users", [], ""), onPods("user-info")],
      asked: target("bob"),
      answer: "refused",
    },
    {
      name: "impersonate-on in the namespace of the request",
      rules: [identity],
      local: { namespace: "payments", rules: [onPods("user-info")] },
      asked: target("bob"),
      answer: "user-info",
    },
    {
      name: "impersonate-on in another namespace",
      rules: [identity],
      local: { namespace: "shop", rules: [onPods("user-info")] },
      asked: target("bob"),
      answer: "refused",
    },
    {
      name: "47: every verb in authentication.k8s.io, and on the request",
      rules: [may("*", "*"), onPods("user-info")],
      asked: target("bob"),
      answer: "user-info",
    },
    {
      name: "user-info is not for service accounts",
      rules: [identity, may("impersonate:user-info", "serviceaccounts"), onPods("user-info")],
      asked: ACCOUNT,
      answer: "refused",
    },
    {
      name: "serviceaccount",
      rules: [may("impersonate:serviceaccount", "serviceaccounts"), onPods("serviceaccount")],
      asked: ACCOUNT,
      answer: "serviceaccount",
    },
    {
      name: "serviceaccount with groups",
      rules: [may("*", "*"), onPods("serviceaccount")],
      asked: { ...ACCOUNT, groups: ["readers"] },
      answer: "refused",
    },
    {
      name: "system:masters never",
      rules: [may("*", "*"), onPods("user-info")],
      asked: target("bob", { groups: [MASTERS] }),
      answer: "refused",
    },
    {
      name: "three groups are asked one by one",
      rules: [identity, may("impersonate:user-info", "groups", ["*"]), onPods("user-info")],
      asked: target("bob", { groups: ["a", "b", "c"] }),
      answer: "refused",
    },
    {
      name: "four groups may be allowed by the name *",
      rules: [identity, may("impersonate:user-info", "groups", ["*"]), onPods("user-info")],
      asked: target("bob", { groups: ["a", "b", "c", "d"] }),
      answer: "user-info",
    },
    {
      name: "extra without a domain",
      rules: [may("*", "*"), onPods("user-info")],
      asked: target("bob", { extra: [["scopes", ["x"]]] }),
      answer: "refused",
    },
    {
      name: "extra with a domain",
      rules: [may("*", "*"), onPods("user-info")],
      asked: target("bob", { extra: [["a.b/scopes", ["x"]]] }),
      answer: "user-info",
    },
  ])("$name: $answer", ({ rules, local = {}, asked, answer }) => {
    const parts = cluster(rules, local);
    expect(decide(parts, asked).answer).toBe(answer);
    expect(decide(parts, asked, { minor: 35 }).answer).toBe("refused"); // alpha and off
  });

  it("48: prefixed verbs are matched exactly, and an unmatched prefix gives nothing", () => {
    for (const verb of ["impersonate:user-info*", "impersonate", "impersonate:", "Impersonate:user-info"])
      expect(decide(cluster([may(verb, "users"), onPods("user-info")]), target("bob")).answer).toBe("refused");
  });

  const node = target("system:node:n1");
  const onNode = (mode: string) => may(`impersonate-on:${mode}:get`, "nodes", [], "");
  it.each([
    {
      name: "its own node, for all nodes",
      rules: [may("impersonate:associated-node", "nodes", ["*"]), onNode("associated-node")],
      who: AGENT,
      asked: node,
      answer: "associated-node",
    },
    {
      name: "its own node by name",
      rules: [may("impersonate:associated-node", "nodes", ["n1"]), onNode("associated-node")],
      who: AGENT,
      asked: node,
      answer: "refused",
    },
    {
      name: "another node",
      rules: [may("impersonate:associated-node", "nodes"), onNode("associated-node")],
      who: AGENT,
      asked: target("system:node:n2"),
      answer: "refused",
    },
    {
      name: "any node",
      rules: [may("impersonate:arbitrary-node", "nodes", ["n1"]), onNode("arbitrary-node")],
      who: EVE,
      asked: node,
      answer: "arbitrary-node",
    },
    {
      name: "a user has no node",
      rules: [may("impersonate:associated-node", "nodes"), onNode("associated-node")],
      who: EVE,
      asked: node,
      answer: "refused",
    },
    { name: "as a user it is no member of nodes", rules: [legacy("users")], who: EVE, asked: node, answer: "request" },
    {
      name: "two modes that give different groups",
      rules: [legacy("users"), may("impersonate:arbitrary-node", "nodes"), onNode("arbitrary-node")],
      who: EVE,
      asked: node,
      answer: "mode-order",
    },
  ])("$name: $answer", ({ rules, who, asked, answer }) => {
    expect(decide(cluster(rules), asked, { who, request: GET_NODE }).answer).toBe(answer);
  });
});

describe("what was not read", () => {
  const gaps = [{ resource: "clusterrolebindings", state: "forbidden" as const }];
  it("an impersonation that is not known to be allowed is unknown", () => {
    expect(decide({ ...cluster([]), clusterRoleBindings: [], gaps }, target("bob")).decision).toMatchObject({
      verdict: "unknown",
      reason: "gaps",
    });
  });
  it("a request that is not known to be allowed is unknown, and says for whom", () => {
    const { decision } = decide({ ...cluster([legacy("users")]), gaps }, target("carl"));
    expect(decision).toMatchObject({ verdict: "unknown", as: { user: "carl" } });
  });
});
