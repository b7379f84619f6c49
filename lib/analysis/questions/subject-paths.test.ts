import { describe, expect, it } from "vitest";
import { pathsQuerySchema, subjectPathsSchema } from "#lib/contracts/paths.ts";
import { aGrantedCluster, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aGroup, anAccount } from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { analyzeAccess } from "../analyze-access.ts";
import { subjectPaths } from "./subject-paths.ts";

const exec = { verbs: ["create"], resources: ["pods/exec"] };

function ask(parts: SnapshotParts, subject: string, query: object = {}) {
  const found = subjectPaths(analyzeAccess(aSnapshot(parts)), subject, pathsQuerySchema.parse(query));
  const answer = { ...found, liveCheck: { scanId: "scan", impossible: null } };
  return subjectPathsSchema.parse(structuredClone(answer));
}
const granted = (...grants: readonly GivenGrant[]) => aGrantedCluster(...grants);

describe("subjectPaths", () => {
  it("tells the way to the worst target step by step, with the grants that prove it", () => {
    const { target, paths, targets } = ask(granted({ rules: [exec], in: "ops" }), "User:alice");
    expect(target?.id).toBe("cluster-admin");
    expect(targets.map(({ id }) => id)).toEqual(["cluster-admin", "node-root", "kube-system-secrets"]);
    expect(paths).toHaveLength(1);
    const [path] = paths;
    expect(path).toMatchObject({
      severity: "critical",
      effort: 3,
      alike: 0,
      from: { title: "alice" },
      to: { title: "the cluster" },
    });
    expect(path?.steps.map(({ id, from, to }) => [id, from.title, to.title])).toEqual([
      ["POD_EXEC", "alice", "pods of ops"],
      ["POD_TOKEN", "pods of ops", "ops/root"],
      ["CLUSTER_ADMIN", "ops/root", "the cluster"],
    ]);
    expect(path?.steps[0]?.needs).toMatchObject([
      {
        request: "create pods/exec in ops",
        grant: {
          binding: { kind: "RoleBinding", namespace: "ops", name: "binding-0" },
          role: { name: "role-0" },
          ruleIndex: 0,
        },
        otherGrants: 0,
      },
    ]);
    expect(path?.steps[1]?.facts).toEqual(["pod ops/root-0 holds a token of ops/root"]);
  });

  it("names the group whose member takes over without a right", () => {
    const { paths } = ask(
      { clusterRoleBindings: [aBinding({ role: "view", subjects: [aGroup("system:masters")] })] },
      "Group:system:masters",
    );
    expect(paths[0]?.sentence).toBe("Is a member of system:masters, then takes over the cluster");
  });

  it("says what stops it and who else loses it", () => {
    const { cut } = ask(granted({ rules: [exec], in: "ops" }), "User:alice");
    expect(cut).toMatchObject({ smallest: true, losing: { count: 1, subjects: [{ kind: "User", name: "alice" }] } });
    expect(cut?.changes.map(({ title }) => title)).toEqual(["Remove the RoleBinding ops/binding-0"]);
  });

  it("leads to the target that is asked for", () => {
    const parts = granted({ rules: [exec], in: "shop" }, { rules: [exec], in: "ops" });
    expect(ask(parts, "User:alice", { to: "ServiceAccount:ops/root" }).paths.map(({ steps }) => steps.length)).toEqual([
      2,
    ]);
    expect(ask(parts, "User:alice", { to: "ServiceAccount:ops/root" }).paths[0]?.sentence).toMatch(
      /, then acts as ops\/root$/,
    );
    expect(ask(parts, "User:alice", { to: "namespace/payments" }).target?.place.title).toBe("namespace payments");
    expect(ask(parts, "User:alice", { to: "namespace/none" })).toMatchObject({ target: null, paths: [], cut: null });
  });

  it("lists who can become it, nearest first, without the account itself", () => {
    const parts = granted({ rules: [exec], in: "ops" }, { rules: [exec], in: "ops", to: anAccount("shop", "web") });
    const { becomable } = ask(parts, "ServiceAccount:ops/root");
    expect(becomable.count).toBe(2);
    expect(becomable.subjects.map(({ id }) => id)).toEqual(["ServiceAccount:shop/web", "User:alice"]);
    expect(becomable.subjects[0]?.first).toBe("may open a shell in running pods in ops");
  });

  it("shows what only lacks something as latent, never as a path", () => {
    const parts = granted({ rules: [exec], in: "ops" });
    const unread = { ...parts, pods: [], gaps: [{ resource: "pods", state: "forbidden" as const }] };
    const { paths, latent, targets } = ask(unread, "User:alice");
    expect(paths).toEqual([]);
    expect(targets).toEqual([]);
    expect(latent[0]?.steps.find(({ state }) => state === "latent")?.reason).toBe("the pods of ops could not be read");
  });

  it("draws the paths, or what only lacks something, or nothing", () => {
    const parts = granted({ rules: [exec], in: "ops" });
    const { lanes } = ask(parts, "User:alice");
    expect(lanes?.nodes.map(({ title }) => title)).toEqual([
      "alice",
      "ops/binding-0",
      "role-0",
      "pods of ops",
      "ops/root",
      "cluster-admin",
      "the cluster",
    ]);
    expect(ask(parts, "User:alice").lanes).toEqual(lanes);
    const unread = { ...parts, pods: [], gaps: [{ resource: "pods", state: "forbidden" as const }] };
    expect(ask(unread, "User:alice").lanes?.edges.map(({ state }) => state)).toContain("latent");
    expect(ask(parts, "ServiceAccount:shop/web").lanes).toBeNull();
  });

  it("has nothing to say of who holds nothing", () => {
    expect(ask(granted(), "ServiceAccount:shop/web")).toMatchObject({
      targets: [],
      target: null,
      paths: [],
      cut: null,
    });
  });

  it.each([
    { name: "an unknown subject", subject: "User:nobody", to: "", code: "not_found" },
    { name: "a target that is none", subject: "ServiceAccount:shop/web", to: "moon", code: "invalid_input" },
  ])("refuses $name", ({ subject, to, code }) => {
    expect(() => ask(granted(), subject, { to })).toThrow(expect.objectContaining({ code }));
  });
});
