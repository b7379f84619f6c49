import { describe, expect, it } from "vitest";
import { aGrantedCluster } from "#lib/testing/build-escalations.ts";
import { aPod } from "#lib/testing/build-pods.ts";
import { graphOf, sourceNamed, stepIds, waysOf } from "#lib/testing/build-paths.ts";
import { aBinding, aClusterRole, aGroup, anAccount, aRule, aServiceAccount, aUser } from "#lib/testing/build-rbac.ts";
import { defaultRbac } from "#lib/testing/build-snapshot.ts";
import { findPaths } from "./find-paths.ts";

const exec = { verbs: ["create"], resources: ["pods/exec"] };
const createPods = { verbs: ["create"], resources: ["pods"] };

describe("ways to cluster-admin", () => {
  it("take the token of a running pod and act as its account", () => {
    expect(waysOf(aGrantedCluster({ rules: [exec], in: "ops" }))).toEqual(["POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"]);
  });

  it("54: a minted token is no foothold in a pod", () => {
    const token = { verbs: ["create"], resources: ["serviceaccounts/token"] };
    const parts = aGrantedCluster({ rules: [token], in: "payments" });
    // The account of payments holds nothing, but its pod is privileged: only code in the pod would be root on the node.
    const privileged = aPod("payments", "web-0", {
      spec: { serviceAccountName: "web", hostPID: true, containers: [] },
    });
    expect(waysOf({ ...parts, pods: [...(parts.pods ?? []), privileged] })).toEqual([]);
  });

  it("55: exec into a pod without a token yields no identity", () => {
    const parts = aGrantedCluster({ rules: [exec], in: "ops" });
    const pods = [aPod("ops", "root-0", { spec: { serviceAccountName: "root", automountServiceAccountToken: false } })];
    expect(waysOf({ ...parts, pods })).toEqual([]);
  });

  it("begin with what the groups of an account may do", () => {
    const parts = aGrantedCluster({ rules: [exec], in: "ops", to: aGroup("system:serviceaccounts:shop") });
    expect(waysOf(parts, "ServiceAccount:shop/web")).toEqual(["POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"]);
    expect(waysOf(parts, "ServiceAccount:payments/web")).toEqual([]);
  });

  it("cross several accounts", () => {
    const parts = aGrantedCluster(
      { rules: [exec], in: "shop" },
      { rules: [exec], in: "ops", to: anAccount("shop", "web") },
    );
    const pods = [...(parts.pods ?? []), aPod("shop", "web-0", { spec: { serviceAccountName: "web" } })];
    expect(waysOf({ ...parts, pods })).toEqual(["POD_EXEC > POD_TOKEN > POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"]);
  });

  it("leave out detours and count what differs only in between", () => {
    const parts = aGrantedCluster({ rules: [exec], in: "ops" });
    const graph = graphOf({
      ...parts,
      serviceAccounts: [...(parts.serviceAccounts ?? []), aServiceAccount("ops", "second")],
      pods: [...(parts.pods ?? []), aPod("ops", "second-0", { spec: { serviceAccountName: "second" } })],
      clusterRoleBindings: [
        ...(parts.clusterRoleBindings ?? []),
        aBinding({ name: "second", role: "cluster-admin", subjects: [anAccount("ops", "second")] }),
      ],
    });
    const ways = findPaths(graph, sourceNamed(graph, "User:alice"), graph.target("cluster-admin"), { max: 10 });
    expect(ways.map(({ steps, alike, effort }) => [stepIds(steps).join(" > "), alike, effort])).toEqual([
      ["POD_EXEC > POD_TOKEN > CLUSTER_ADMIN", 2, 3],
    ]);
  });

  it("show the nearest first, up to the number asked for", () => {
    const parts = aGrantedCluster(
      { rules: [createPods], in: "ops" },
      { rules: [{ verbs: ["bind"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"] }] },
      { rules: [{ verbs: ["create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"] }] },
    );
    const ways = waysOf(parts);
    expect(ways[0]).toBe("BIND_CLUSTER_ROLE");
    expect(ways).toContain("POD_CREATE > NEW_POD_CONTENTS > CLUSTER_ADMIN");
    expect(waysOf(parts, "User:alice", 1)).toEqual(["BIND_CLUSTER_ROLE"]);
  });

  it("follow a role that may be bound by its name", () => {
    const rbac = { apiGroups: ["rbac.authorization.k8s.io"] };
    const parts = aGrantedCluster({
      rules: [
        { ...rbac, verbs: ["bind"], resources: ["clusterroles"], resourceNames: ["shell"] },
        { ...rbac, verbs: ["create"], resources: ["clusterrolebindings"] },
      ],
    });
    const clusterRoles = [...(parts.clusterRoles ?? []), aClusterRole("shell", [aRule(exec)])];
    expect(waysOf({ ...parts, clusterRoles })).toEqual(["BIND_CLUSTER_ROLE > POD_EXEC > POD_TOKEN > CLUSTER_ADMIN"]);
  });

  it("do not exist for who holds nothing, and are free for members of system:masters", () => {
    const parts = aGrantedCluster();
    expect(waysOf(parts, "ServiceAccount:shop/web")).toEqual([]);
    const masters = aBinding({ name: "m", role: "view", subjects: [aGroup("system:masters"), aUser("bob")] });
    const graph = graphOf({ ...parts, clusterRoleBindings: [...(parts.clusterRoleBindings ?? []), masters] });
    const [way] = findPaths(graph, sourceNamed(graph, "Group:system:masters"), graph.target("cluster-admin"), {
      max: 3,
    });
    expect(way?.effort).toBe(0);
  });
});

describe("the defaults of a fresh cluster", () => {
  it.each(["28", "34", "37"])("give nobody that a newcomer is a way, on version 1.%s", (minor) => {
    const parts = { ...defaultRbac(), minor };
    const serviceAccounts = [aServiceAccount("default", "default"), aServiceAccount("shop", "default")];
    for (const subject of [
      "ServiceAccount:default/default",
      "ServiceAccount:shop/default",
      "Group:system:authenticated",
      "Group:system:unauthenticated",
      "Group:system:serviceaccounts",
    ])
      expect([subject, waysOf({ ...parts, serviceAccounts }, subject)]).toEqual([subject, []]);
  });
});

describe("privileged pods", () => {
  const namespace = (level?: string) => ({
    metadata: {
      name: "payments",
      labels: level === undefined ? [] : [["pod-security.kubernetes.io/enforce", level] as const],
      annotations: [],
      ownerReferences: [],
    },
  });
  it.each([
    { name: "are a way where no level is enforced", level: undefined, found: true },
    { name: "are a way where privileged is enforced", level: "privileged", found: true },
    { name: "are refused by baseline", level: "baseline", found: false },
    { name: "are refused by restricted", level: "restricted", found: false },
    { name: "are refused by a level that is none, as the API server reads it", level: "Privileged", found: false },
  ])("$name", ({ level, found }) => {
    const parts = aGrantedCluster({ rules: [createPods], in: "payments" });
    const ways = waysOf({ ...parts, namespaces: [namespace(level)] });
    expect(ways.includes("POD_CREATE > NEW_POD_HOST > NODE_CONTENTS > CLUSTER_ADMIN")).toBe(found);
  });
});
