import { describe, expect, it } from "vitest";
import { isResourceRequest, type AccessReview } from "#lib/model/access.ts";
import { aGrantedCluster, EVERYTHING, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { graphOf, sourceNamed } from "#lib/testing/build-paths.ts";
import { aGroup, anAccount, aUser } from "#lib/testing/build-rbac.ts";
import { decideAccess } from "../../rbac/index.ts";
import { findPaths } from "./find-paths.ts";
import { needsOfStep } from "./step-reviews.ts";

const RBAC = "rbac.authorization.k8s.io";
const exec = { verbs: ["create"], resources: ["pods/exec"] };

/** Everything that is asked on the ways of a subject to cluster-admin, by the id of the edge. */
function reviewsOf(grants: readonly GivenGrant[], subject = "User:alice") {
  const graph = graphOf(aGrantedCluster(...grants));
  const ways = findPaths(graph, sourceNamed(graph, subject), graph.target("cluster-admin"), { max: 5 });
  const reviews = ways.flatMap(({ steps }) =>
    steps.flatMap(({ via }, position) =>
      needsOfStep(graph, steps, position).map((need): readonly [string, readonly AccessReview[]] => [
        via.type === "right" ? via.edge.id : via.link.id,
        need.reviews,
      ]),
    ),
  );
  return { model: graph.model, reviews };
}
const core = { apiGroup: "", subresource: "", namespace: "", name: "" };

describe("needsOfStep", () => {
  it("asks as the user with its implicit group, then as the account whose token was taken with its three", () => {
    expect(reviewsOf([{ rules: [exec], in: "ops" }]).reviews).toEqual([
      [
        "POD_EXEC",
        [
          {
            who: { user: "alice", groups: ["system:authenticated"] },
            request: { ...core, verb: "create", resource: "pods", subresource: "exec", namespace: "ops" },
          },
        ],
      ],
      [
        "CLUSTER_ADMIN",
        [
          {
            who: {
              user: "system:serviceaccount:ops:root",
              groups: ["system:serviceaccounts", "system:serviceaccounts:ops", "system:authenticated"],
            },
            request: { ...core, verb: "*", apiGroup: "*", resource: "*" },
          },
        ],
      ],
    ]);
  });

  it.each([
    {
      name: "a group asks as itself, without a user",
      to: aGroup("devs"),
      from: "Group:devs",
      user: "",
      groups: ["devs"],
    },
    {
      name: "a right of an implicit group is asked by the user who is in it",
      to: aGroup("system:authenticated"),
      from: "User:bob",
      user: "bob",
      groups: ["system:authenticated"],
    },
    {
      name: "a right of an implicit group is asked by the account that is in it",
      to: aGroup("system:serviceaccounts:shop"),
      from: "ServiceAccount:shop/default",
      user: "system:serviceaccount:shop:default",
      groups: ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"],
    },
    {
      name: "a kubelet is in the group of nodes",
      to: aUser("system:node:n1"),
      from: "User:system:node:n1",
      user: "system:node:n1",
      groups: ["system:nodes", "system:authenticated"],
    },
  ])("$name", ({ to, from, user, groups }) => {
    const look = [{ resources: ["configmaps"] }];
    const bystanders = [
      { rules: look, to: aUser("bob") },
      { rules: look, to: anAccount("shop", "default") },
    ];
    const { reviews } = reviewsOf([{ rules: [EVERYTHING], to }, ...bystanders], from);
    expect(reviews[0]?.[1][0]?.who).toEqual({ user, groups });
  });

  it("asks cluster-wide rights without a namespace, and about each name that the rule is limited to, five at most", () => {
    const names = ["a", "b", "root", "c", "d", "e", "f"];
    const rule = { verbs: ["create"], resources: ["serviceaccounts/token"], resourceNames: names };
    const { reviews } = reviewsOf([{ rules: [rule], in: "ops" }]);
    const [, asked = []] = reviews.find(([id]) => id === "ACCOUNT_TOKEN_CREATE") ?? [];
    expect(asked.map(({ request }) => isResourceRequest(request) && request.name)).toEqual(names.slice(0, 5));
    const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"], resourceNames: ["cluster-admin"] };
    const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };
    const cluster = reviewsOf([{ rules: [bind, create] }]).reviews.filter(([id]) => id === "BIND_CLUSTER_ROLE");
    const requests = cluster.flatMap(([, list]) => list.map(({ request }) => request));
    expect(requests).toContainEqual(
      expect.objectContaining({ verb: "bind", resource: "clusterroles", namespace: "", name: "cluster-admin" }),
    );
    expect(requests).toContainEqual(
      expect.objectContaining({ verb: "create", resource: "clusterrolebindings", namespace: "", name: "" }),
    );
  });

  it("asks nothing where the right comes with a role that is taken on the way", () => {
    const bind = { verbs: ["bind"], apiGroups: [RBAC], resources: ["clusterroles"], resourceNames: ["role-1"] };
    const create = { verbs: ["create"], apiGroups: [RBAC], resources: ["clusterrolebindings"] };
    const { reviews } = reviewsOf([{ rules: [bind, create] }, { rules: [exec], to: aUser("carol") }]);
    expect(reviews.map(([id, list]) => [id, list.length])).toEqual([
      ["BIND_CLUSTER_ROLE", 1],
      ["BIND_CLUSTER_ROLE", 1],
      ["POD_EXEC", 0],
      ["CLUSTER_ADMIN", 1],
    ]);
  });

  it("asks nothing that the access engine itself would deny", () => {
    const wide = [
      exec,
      { verbs: ["get", "list"], resources: ["secrets"] },
      { verbs: ["impersonate"], resources: ["users"] },
    ];
    const { model, reviews } = reviewsOf([
      { rules: wide },
      { rules: [exec], in: "ops", to: anAccount("shop", "default") },
    ]);
    expect(reviews.length).toBeGreaterThan(1);
    for (const [id, list] of reviews)
      for (const { who, request } of list)
        expect([id, decideAccess(model, who, request).verdict]).toEqual([id, "allowed"]);
  });
});
