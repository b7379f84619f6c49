import { describe, expect, it } from "vitest";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aGrantedCluster, escalationsIn, EVERYTHING } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aGroup, aRule, aServiceAccount } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { proofChain, occurrenceProver } from "./explain.ts";

const RBAC = "rbac.authorization.k8s.io";

/** The proof and the chain of one edge that a subject holds. */
function explain(parts: SnapshotParts, edge: string, name = "User:alice") {
  const { model, result } = escalationsIn(parts);
  const id = model.subjects.findIndex((candidate) => formatSubject(candidate) === name);
  const subject = model.subjects[id];
  const occurrence = (id < 0 ? [] : result.of(id)).find((candidate) => candidate.edge.id === edge);
  if (!subject || !occurrence) throw new Error(`${name} does not hold ${edge}`);
  const needs = occurrenceProver(model, subject, result.facts)(occurrence);
  return { needs, chain: proofChain(subject, occurrence, needs, result.facts) };
}

describe("the proof", () => {
  it("names the request, and binding, role and rule that give it", () => {
    const { needs } = explain(
      aGrantedCluster({ rules: [{}, { verbs: ["create"], resources: ["pods/exec"] }], in: "payments" }),
      "POD_EXEC",
    );
    expect(needs).toMatchObject([
      {
        request: "create pods/exec in payments",
        grant: {
          binding: { group: RBAC, kind: "RoleBinding", namespace: "payments", name: "binding-0" },
          role: { group: RBAC, kind: "ClusterRole", name: "role-0" },
          ruleIndex: 1,
          through: { kind: "User", name: "alice" },
        },
      },
    ]);
  });

  it("has one part for each need, from different bindings where the halves lie", () => {
    const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] };
    const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["rolebindings"] };
    const { needs } = explain(
      aGrantedCluster({ rules: [bind] }, { rules: [create], in: "payments" }),
      "BIND_CLUSTER_ROLE_IN_NAMESPACE",
    );
    expect(needs.map(({ request, grant }) => [request, grant?.binding.name])).toEqual([
      [`bind clusterroles.${RBAC} in payments`, "binding-0"],
      [`create rolebindings.${RBAC} in payments`, "binding-1"],
    ]);
  });

  it("says the right to everything in words", () => {
    const everywhere = explain(aGrantedCluster({ rules: [EVERYTHING] }), "CLUSTER_ADMIN");
    expect(everywhere.needs.map(({ request }) => request)).toEqual(["every verb on every resource"]);
    const inOps = explain(aGrantedCluster({ rules: [EVERYTHING], in: "ops" }), "NAMESPACE_ADMIN");
    expect(inOps.needs.map(({ request }) => request)).toEqual(["every verb on every resource in ops"]);
  });

  it("tells the names that a rule is limited to", () => {
    const rules = [{ verbs: ["create"], resources: ["pods/exec"], resourceNames: ["web-0", "web-1"] }];
    const { needs } = explain(aGrantedCluster({ rules, in: "payments" }), "POD_EXEC");
    expect(needs.map(({ request }) => request)).toEqual(["create pods/exec named web-0, web-1 in payments"]);
  });

  it("takes the alternative that is held", () => {
    const { needs } = explain(
      aGrantedCluster({ rules: [{ verbs: ["create"], resources: ["nodes/proxy"] }] }),
      "NODE_PROXY",
    );
    expect(needs.map(({ request }) => request)).toEqual(["create nodes/proxy"]);
  });

  it("takes a binding of the worst place, not of another", () => {
    const rules = [{ verbs: ["create"], resources: ["pods"] }];
    const { needs } = explain(aGrantedCluster({ rules, in: "payments" }, { rules, in: "ops" }), "POD_CREATE");
    expect(needs.map(({ grant }) => grant?.binding.namespace)).toEqual(["ops"]);
  });

  it("takes a binding that a person made before one of the defaults", () => {
    const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] };
    const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };
    const parts = aGrantedCluster({ rules: [bind], byDefault: true }, { rules: [bind, create] });
    const { needs } = explain(parts, "BIND_CLUSTER_ROLE");
    expect(needs.map(({ grant }) => grant?.binding.name)).toEqual(["binding-1", "binding-1"]);
  });

  it("takes a default where that is all there is", () => {
    const { needs } = explain(aGrantedCluster({ rules: [EVERYTHING], byDefault: true }), "CLUSTER_ADMIN");
    expect(needs.map(({ grant }) => grant?.binding.name)).toEqual(["binding-0"]);
  });
});

describe("the chain", () => {
  it("goes from the subject over the binding to what is gained, with the binding to cut", () => {
    const rules = [{ verbs: ["create"], resources: ["pods"] }];
    const { chain } = explain(aGrantedCluster({ rules, in: "payments" }, { rules, in: "ops" }), "POD_CREATE");
    expect(chain).toEqual([
      { label: "User", title: "alice", tone: "plain", subject: "User:alice" },
      { label: "RoleBinding", title: "ops/binding-1", detail: "ClusterRole role-1", tone: "cut" },
      { label: "May", title: "create pods", detail: "and in 1 more namespaces", tone: "plain" },
      { label: "Takes over", title: "cluster-admin", detail: "as ops/root", tone: "target" },
    ]);
  });

  it("shows the group through which it is held", () => {
    const parts = {
      serviceAccounts: [aServiceAccount("payments", "web")],
      clusterRoles: [aClusterRole("all", [aRule(EVERYTHING)])],
      clusterRoleBindings: [aBinding({ role: "all", subjects: [aGroup("system:serviceaccounts")] })],
    };
    const { chain } = explain(parts, "CLUSTER_ADMIN", "ServiceAccount:payments/web");
    expect(chain.map(({ label, title }) => `${label} ${title}`)).toEqual([
      "ServiceAccount payments/web",
      "Member of system:serviceaccounts",
      "ClusterRoleBinding binding",
      "May every verb on every resource",
      "Is cluster-admin",
    ]);
  });

  it("names each binding once and cuts the first", () => {
    const rules = [
      { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"] },
      { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] },
    ];
    const { chain } = explain(aGrantedCluster({ rules }), "BIND_CLUSTER_ROLE");
    expect(chain.filter(({ label }) => label === "ClusterRoleBinding").map(({ tone }) => tone)).toEqual(["cut"]);
    const halves = rules.map((rule) => ({ rules: [rule] }));
    const split = explain(aGrantedCluster(...halves), "BIND_CLUSTER_ROLE").chain;
    expect(split.filter(({ label }) => label === "ClusterRoleBinding").map(({ tone }) => tone)).toEqual([
      "cut",
      "plain",
    ]);
  });
});
