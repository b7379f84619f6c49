import { describe, expect, it } from "vitest";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aGrantedCluster, escalationsIn, EVERYTHING, heldBy } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aGroup, anAccount, aRule, aServiceAccount, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot, defaultRbac } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "../rbac/index.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { findEscalations, isDefaultBinding, subjectSeverity } from "./find-escalations.ts";

const createPods = { verbs: ["create"], resources: ["pods"] };

describe("the defaults of Kubernetes", () => {
  it.each(["30", "34", "37"])("give no finding on version 1.%s", (minor) => {
    const { model, result } = escalationsIn({ ...defaultRbac(), minor });
    const risky = model.subjects.flatMap((_, id) =>
      result
        .of(id)
        .filter(({ expected }) => !expected)
        .map(({ edge }) => `${edge.id} ${JSON.stringify(model.subjects[id])}`),
    );
    expect(risky).toEqual([]);
    expect(
      model.subjects.map((_, id) => subjectSeverity(result.of(id))).filter((severity) => severity !== undefined),
    ).toEqual([]);
  });

  it("are seen and marked as expected", () => {
    expect(heldBy(defaultRbac(), "Group:system:masters")).toEqual({ CLUSTER_ADMIN: "critical cluster expected" });
  });

  it("excuse no other subject of the same role", () => {
    const defaults = defaultRbac();
    const extra = aBinding({ name: "extra", role: "cluster-admin", subjects: [aUser("alice")] });
    const parts = { ...defaults, clusterRoleBindings: [...defaults.clusterRoleBindings, extra] };
    expect(heldBy(parts)).toEqual({ CLUSTER_ADMIN: "critical cluster" });
  });

  it("are known by the value of the label, not by its key alone", () => {
    const labelled = (value: string) =>
      compileAccess(
        aSnapshot({ clusterRoleBindings: [aBinding({ role: "x", labels: [["kubernetes.io/bootstrapping", value]] })] }),
      ).bindings.map(isDefaultBinding);
    expect(labelled("rbac-defaults")).toEqual([true]);
    expect(labelled("other")).toEqual([false]);
  });
});

describe("accounts that take over the cluster", () => {
  const world = (subject = anAccount("team", "boss"), exists = true) => ({
    serviceAccounts: exists ? [aServiceAccount("team", "boss"), aServiceAccount("team", "also")] : [],
    clusterRoles: [aClusterRole("all", [aRule(EVERYTHING)]), aClusterRole("pods", [aRule(createPods)])],
    clusterRoleBindings: [aBinding({ role: "all", subjects: [subject] })],
    roleBindings: [aBinding({ namespace: "team", role: "pods", subjects: [aUser("alice")] })],
  });
  it.each([
    { name: "make their namespace critical", parts: world(), held: "critical team" },
    {
      name: "do so through a group of theirs",
      parts: world(aGroup("system:serviceaccounts:team")),
      held: "critical team",
    },
    { name: "do not when they do not exist", parts: world(anAccount("team", "gone"), false), held: "medium team" },
    { name: "do not make other namespaces critical", parts: world(anAccount("other", "boss")), held: "medium team" },
    { name: "are accounts: a user of the same name is none", parts: world(aUser("boss")), held: "medium team" },
  ])("$name", ({ parts, held }) => {
    expect(heldBy(parts).POD_CREATE).toBe(held);
  });

  it("are named: the first by name of a namespace", () => {
    const { result } = escalationsIn(world(aGroup("system:serviceaccounts:team")));
    expect(result.facts.takeoverAccountIn("team")).toBe("also");
    expect(result.facts.takeoverAccountIn("other")).toBeNull();
    // Nobody has to write cluster-admin down.
    expect(result.facts.takeoverRoles).toEqual(["all", "cluster-admin"]);
  });
});

it("puts the worst first, defaults last, and is the same for any order of the objects", () => {
  const grants = [
    { rules: [{ verbs: ["list"], resources: ["secrets"] }], in: "payments" },
    { rules: [createPods], in: "ops" },
    { rules: [{ verbs: ["get"], resources: ["nodes/proxy"] }], byDefault: true },
  ];
  const { model, result } = escalationsIn(aGrantedCluster(...grants));
  const id = model.subjects.findIndex((subject) => formatSubject(subject) === "User:alice");
  expect(result.of(id).map(({ edge }) => edge.id)).toEqual(["POD_CREATE", "SECRETS_LIST", "NODE_PROXY"]);
  expect(subjectSeverity(result.of(id))).toBe("critical");
  const snapshot = aSnapshot(aGrantedCluster(...grants));
  const again = findEscalations(compileAccess(snapshot), { minor: 37, cluster: clusterFacts(snapshot) });
  expect(model.subjects.map((_, subject) => again.of(subject))).toEqual(
    model.subjects.map((_, subject) => result.of(subject)),
  );
});

it("knows nobody in an empty cluster", () => {
  expect(escalationsIn({}).model.subjects).toEqual([]);
});
