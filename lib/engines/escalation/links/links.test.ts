import { describe, expect, it } from "vitest";
import { aGrantedCluster } from "#lib/testing/build-escalations.ts";
import { aPod, aContainer } from "#lib/testing/build-pods.ts";
import { graphOf, sourceNamed, stepIds, waysOf } from "#lib/testing/build-paths.ts";
import { aBinding, aGroup, aMetadata, anAccount, aServiceAccount, DEFAULT_LABELS } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";
import type { Volume } from "#lib/model/pod.ts";
import type { PolicyRule, RoleBinding } from "#lib/model/rbac.ts";
import { findPaths } from "../graph/find-paths.ts";
import { losingSubjects, minimumCut } from "../graph/minimum-cut.ts";
import { searchFrom, UNREACHED } from "../graph/search.ts";
import type { Vertex } from "../graph/vertex.ts";

const list = { verbs: ["list"], resources: ["secrets"] };
const exec = { verbs: ["create"], resources: ["pods/exec"] };
const impersonate = { verbs: ["impersonate"], resources: ["serviceaccounts"] };
const token = { verbs: ["create"], resources: ["serviceaccounts/token"] };

function reaches(parts: SnapshotParts, vertex: Vertex, subject = "User:alice"): boolean {
  const graph = graphOf(parts);
  const position = graph.find(vertex);
  if (position === undefined) return false;
  return (searchFrom(graph, [sourceNamed(graph, subject)]).effort[position] ?? UNREACHED) < UNREACHED;
}

describe("TOKEN_SECRET", () => {
  const withSecrets = (...secrets: readonly string[]): SnapshotParts => {
    const parts = aGrantedCluster({ rules: [list], in: "ops" });
    const root = { ...aServiceAccount("ops", "root"), secrets };
    return { ...parts, serviceAccounts: [root] };
  };

  it("56: finds a token among the secrets only where the account lists one", () => {
    expect(waysOf(withSecrets("root-token-x7k2p"))).toEqual(["SECRETS_LIST > TOKEN_SECRET > CLUSTER_ADMIN"]);
    expect(waysOf(withSecrets())).toEqual([]);
    expect(waysOf(withSecrets("registry-credentials", "other-token-x7k2p"))).toEqual([]);
  });

  it("is gone when every Secret that holds a token is deleted, not before", () => {
    const graph = graphOf(withSecrets("root-token-1", "root-token-2"));
    const losing = (...secrets: readonly string[]) =>
      losingSubjects(
        graph,
        secrets.map((secret) => ({ type: "token-secret", namespace: "ops", secret })),
        graph.target("cluster-admin"),
      ).map((subject) => graph.model.subjects[subject]?.name);
    expect(losing("root-token-1")).toEqual([]);
    expect(losing("root-token-2")).toEqual([]);
    expect(losing("root-token-1", "root-token-2")).toEqual(["alice"]);
  });

  const declared = (rules: readonly Partial<PolicyRule>[], ...tokenSecrets: readonly string[]): SnapshotParts => ({
    ...aGrantedCluster({ rules, in: "ops" }),
    serviceAccounts: [aServiceAccount("ops", "root", { tokenSecrets })],
  });
  const read = (verb: string, ...resourceNames: readonly string[]) => [
    { verbs: [verb], resources: ["secrets"], resourceNames },
  ];

  it.each<{ name: string; rules: readonly Partial<PolicyRule>[]; way: readonly string[] }>([
    { name: "list", rules: read("list"), way: ["SECRETS_LIST > TOKEN_SECRET > CLUSTER_ADMIN"] },
    { name: "watch", rules: read("watch"), way: ["SECRETS_WATCH > TOKEN_SECRET > CLUSTER_ADMIN"] },
    { name: "get of any name", rules: read("get"), way: ["SECRETS_GET > TOKEN_SECRET > CLUSTER_ADMIN"] },
    {
      name: "get of its name",
      rules: read("get", "db", "forever"),
      way: ["SECRETS_GET > TOKEN_SECRET > CLUSTER_ADMIN"],
    },
    { name: "list of its name", rules: read("list", "forever"), way: ["SECRETS_GET > TOKEN_SECRET > CLUSTER_ADMIN"] },
    { name: "get of another name", rules: read("get", "db"), way: [] },
    { name: "get of a name that begins alike", rules: read("get", "forever-2"), way: [] },
    { name: "create alone", rules: read("create"), way: [] },
  ])("56: a Secret that manifests declare is read by $name: $way", ({ rules, way }) => {
    expect(waysOf(declared(rules, "forever"))).toEqual(way);
  });

  it("offers to delete the Secret where that stops everybody who reads it", () => {
    const parts = declared(read("get"), "forever");
    const [root] = parts.clusterRoleBindings ?? [];
    const byDefault = (binding: RoleBinding): RoleBinding => ({
      ...binding,
      metadata: { ...binding.metadata, labels: DEFAULT_LABELS },
    });
    const graph = graphOf({
      ...parts,
      clusterRoleBindings: root ? [byDefault(root)] : [],
      roleBindings: (parts.roleBindings ?? []).map(byDefault),
      clusterRoles: (parts.clusterRoles ?? []).map((role) => ({
        ...role,
        metadata: { ...role.metadata, labels: DEFAULT_LABELS },
      })),
    });
    expect(minimumCut(graph, sourceNamed(graph, "User:alice"), graph.target("cluster-admin"))).toEqual({
      changes: [{ type: "token-secret", namespace: "ops", secret: "forever" }],
      smallest: true,
    });
  });

  it("takes secrets of kube-system for a target of their own", () => {
    const target: Vertex = { type: "target", target: "kube-system-secrets" };
    expect(reaches(aGrantedCluster({ rules: [list], in: "kube-system" }), target)).toBe(true);
    expect(reaches(aGrantedCluster({ rules: [list], in: "payments" }), target)).toBe(false);
    expect(reaches(aGrantedCluster({ rules: [list] }), target)).toBe(true);
  });
});

describe("CLOUD_ROLE", () => {
  const role: Vertex = { type: "cloud-role", name: "AWS arn:aws:iam::1:role/backup" };
  const annotated = (parts: SnapshotParts): SnapshotParts => ({
    ...parts,
    serviceAccounts: [
      {
        ...aServiceAccount("shop", "web"),
        metadata: aMetadata({
          namespace: "shop",
          name: "web",
          annotations: [["eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/backup"]],
        }),
      },
    ],
  });

  it("is taken by whoever holds a token of the account", () => {
    expect(reaches(annotated(aGrantedCluster({ rules: [token], in: "shop" })), role)).toBe(true);
    expect(reaches(annotated(aGrantedCluster()), role, "ServiceAccount:shop/web")).toBe(true);
  });

  it("is not taken by acting as the account without its token", () => {
    expect(reaches(annotated(aGrantedCluster({ rules: [impersonate], in: "shop" })), role)).toBe(false);
  });
});

describe("POD_TOKEN", () => {
  it("leads to the accounts of the named pods only", () => {
    const pods = [
      aPod("ops", "root-0", { spec: { serviceAccountName: "root" } }),
      aPod("ops", "plain-0", { spec: { serviceAccountName: "plain" } }),
    ];
    const named = (name: string) => ({
      ...aGrantedCluster({ rules: [{ ...exec, resourceNames: [name] }], in: "ops" }),
      pods,
    });
    expect(waysOf(named("root-0"))).toEqual(["POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"]);
    expect(waysOf(named("plain-0"))).toEqual([]);
  });

  it.each<{ name: string; volume: Partial<Volume>; way: readonly string[] }>([
    {
      name: "a token Secret",
      volume: { type: "secret", secretName: "forever" },
      way: ["POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"],
    },
    {
      name: "a token Secret among others",
      volume: { type: "projected", projected: [{ type: "secret", name: "forever" }] },
      way: ["POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"],
    },
    { name: "another Secret", volume: { type: "secret", secretName: "tls" }, way: [] },
    { name: "a ConfigMap of its name", volume: { type: "configMap", configMapName: "forever" }, way: [] },
  ])("a pod that mounts $name", ({ volume, way }) => {
    const spec = { serviceAccountName: "plain", automountServiceAccountToken: false };
    const volumes = [{ name: "v", type: "secret", ...volume }];
    const parts = {
      ...aGrantedCluster({ rules: [exec], in: "ops" }),
      serviceAccounts: [aServiceAccount("ops", "root", { tokenSecrets: ["forever"] }), aServiceAccount("ops", "plain")],
      pods: [aPod("ops", "plain-0", { spec: { ...spec, volumes } })],
    };
    expect(waysOf(parts)).toEqual(way);
    const elsewhere = { ...parts, pods: [aPod("shop", "plain-0", { spec: { ...spec, volumes } })] };
    expect(waysOf(elsewhere)).toEqual([]);
  });

  it("is latent for every account of a namespace whose pods could not be read, and never more", () => {
    const parts: SnapshotParts = {
      ...aGrantedCluster({ rules: [exec], in: "ops" }),
      pods: [],
      gaps: [{ resource: "pods", namespace: "ops", state: "forbidden", reason: "forbidden" }],
    };
    expect(waysOf(parts)).toEqual([]);
    const graph = graphOf(parts);
    const options = { max: 3, may: () => true };
    const [way] = findPaths(graph, sourceNamed(graph, "User:alice"), graph.target("cluster-admin"), options);
    expect(way?.steps.map(({ state }) => state)).toContainEqual({
      state: "latent",
      reason: "the pods of ops could not be read",
    });
  });
});

describe("POD_ESCAPE and NODE_CONTENTS", () => {
  const node = (name: string, controlPlane: boolean) => ({
    metadata: aMetadata({ name, labels: controlPlane ? [["node-role.kubernetes.io/control-plane", ""] as const] : [] }),
    addresses: [],
    podCIDRs: [],
    taints: [],
    unschedulable: false,
    info: {},
  });
  const privileged = (nodeName: string) =>
    aPod("shop", "agent-0", {
      nodeName,
      spec: {
        serviceAccountName: "web",
        automountServiceAccountToken: false,
        containers: [aContainer({ securityContext: { privileged: true } })],
      },
    });
  const cluster = (agentOn: string, rootOn: string, controlPlane = false): SnapshotParts => ({
    ...aGrantedCluster({ rules: [exec], in: "shop" }),
    nodes: [node("node-1", controlPlane), node("node-2", false)],
    pods: [privileged(agentOn), aPod("ops", "root-0", { nodeName: rootOn, spec: { serviceAccountName: "root" } })],
  });

  it("lead from a privileged pod to the tokens on its node", () => {
    expect(waysOf(cluster("node-1", "node-1"))).toEqual(["POD_EXEC > POD_ESCAPE > NODE_CONTENTS > CLUSTER_ADMIN"]);
  });

  it("lead to a pod whose node is not known yet from any node, not from a single one", () => {
    const waiting = { ...aPod("ops", "root-0", { spec: { serviceAccountName: "root" } }), nodeName: undefined };
    const { nodeName: _, ...pending } = waiting;
    const create = { verbs: ["create"], resources: ["pods"] };
    const lab = { metadata: aMetadata({ name: "lab" }) };
    const parts = aGrantedCluster({ rules: [create], in: "lab" });
    const unscheduled = {
      ...parts,
      namespaces: [...(parts.namespaces ?? []), lab],
      nodes: [node("node-1", false)],
      pods: [pending],
    };
    expect(waysOf(unscheduled)).toEqual(["POD_CREATE > NEW_POD_HOST > NODE_CONTENTS > CLUSTER_ADMIN"]);
    expect(waysOf({ ...cluster("node-1", "node-2"), pods: [privileged("node-1"), pending] })).toEqual([]);
  });

  it("lead to no other node", () => {
    expect(waysOf(cluster("node-1", "node-2"))).toEqual([]);
    expect(reaches(cluster("node-1", "node-2"), { type: "target", target: "node-root" })).toBe(true);
  });

  it("need nothing read on a node to be root on it", () => {
    const graph = graphOf(cluster("node-1", "node-2"));
    const [path] = findPaths(graph, sourceNamed(graph, "User:alice"), graph.target("node-root"), { max: 1 });
    expect(stepIds(path?.steps ?? [])).toEqual(["POD_EXEC", "POD_ESCAPE"]);
  });

  it("own the cluster on a node of the control plane", () => {
    expect(waysOf(cluster("node-1", "node-2", true))).toEqual(["POD_EXEC > POD_ESCAPE > NODE_CONTENTS"]);
  });
});

describe("MASTERS", () => {
  it("is reached by impersonating the group together with a user", () => {
    const groups = { verbs: ["impersonate"], resources: ["groups"] };
    const users = { verbs: ["impersonate"], resources: ["users"] };
    expect(reaches(aGrantedCluster({ rules: [groups, users] }), { type: "target", target: "masters" })).toBe(true);
    expect(reaches(aGrantedCluster({ rules: [groups] }), { type: "target", target: "masters" })).toBe(false);
  });

  it("is what a binding's subject named so is", () => {
    const parts = aGrantedCluster();
    const binding = aBinding({
      name: "m",
      role: "view",
      subjects: [aGroup("system:masters"), anAccount("shop", "web")],
    });
    const all = { ...parts, clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), binding] };
    expect(reaches(all, { type: "target", target: "cluster-admin" }, "Group:system:masters")).toBe(true);
    expect(reaches(all, { type: "target", target: "cluster-admin" }, "ServiceAccount:shop/web")).toBe(false);
  });
});

describe("CLUSTER_CONTENTS", () => {
  it("makes who takes over the cluster own every namespace and node", () => {
    const parts = aGrantedCluster({ rules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }] });
    expect(reaches(parts, { type: "namespace-admin", namespace: "payments" })).toBe(true);
    expect(reaches(parts, { type: "target", target: "node-root" })).toBe(true);
    expect(reaches(parts, { type: "target", target: "masters" })).toBe(false);
  });
});
