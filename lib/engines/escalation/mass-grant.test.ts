import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { aGroup, anAccount, aUser } from "#lib/testing/build-rbac.ts";
import { breadthOf, raisedBy } from "./mass-grant.ts";

describe("R77: what is granted to many", () => {
  it.each([
    { kind: "User", name: "system:anonymous", breadth: "anyone" },
    { kind: "Group", name: "system:unauthenticated", breadth: "anyone" },
    { kind: "Group", name: "system:authenticated", breadth: "everyone" },
    { kind: "Group", name: "system:serviceaccounts", breadth: "every-account" },
    { kind: "Group", name: "system:serviceaccounts:payments", breadth: null },
    { kind: "Group", name: "system:anonymous", breadth: null },
    { kind: "User", name: "system:authenticated", breadth: null },
    { kind: "Group", name: "constructor", breadth: null },
  ] as const)("$kind $name stands for $breadth", ({ kind, name, breadth }) => {
    expect(breadthOf({ kind, name })).toBe(breadth);
  });

  it("is at least high for anyone, and one step worse for everyone, but never critical by that", () => {
    expect((["low", "medium", "high", "critical"] as const).map((severity) => raisedBy("anyone", severity))).toEqual([
      "high",
      "high",
      "high",
      "critical",
    ]);
    for (const breadth of ["everyone", "every-account"] as const)
      expect((["low", "medium", "high", "critical"] as const).map((severity) => raisedBy(breadth, severity))).toEqual([
        "medium",
        "high",
        "high",
        "critical",
      ]);
  });

  const review = { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"] };
  it.each([
    { to: aUser("alice"), subject: "User:alice", held: "low cluster" },
    { to: aGroup("team"), subject: "Group:team", held: "low cluster" },
    { to: anAccount("payments", "default"), subject: "ServiceAccount:payments/default", held: "low cluster" },
    { to: aGroup("system:authenticated"), subject: "Group:system:authenticated", held: "medium cluster" },
    { to: aGroup("system:serviceaccounts"), subject: "Group:system:serviceaccounts", held: "medium cluster" },
    { to: aGroup("system:unauthenticated"), subject: "Group:system:unauthenticated", held: "high cluster" },
    { to: aUser("system:anonymous"), subject: "User:system:anonymous", held: "high cluster" },
  ])("$subject: $held", ({ to, subject, held }) => {
    expect(heldBy(aGrantedCluster({ rules: [review], to }), subject).ACCESS_RECON).toBe(held);
  });

  it("is not raised where Kubernetes grants it, for members of the group, and for what does not work now", () => {
    const to = aGroup("system:authenticated");
    const byDefault = aGrantedCluster({ rules: [review], to, byDefault: true });
    expect(heldBy(byDefault, "Group:system:authenticated").ACCESS_RECON).toBe("low cluster expected");
    const parts = aGrantedCluster({ rules: [review], to });
    expect(heldBy(parts, "ServiceAccount:payments/web").ACCESS_RECON).toBe("low cluster inherited");
    const latent = aGrantedCluster({ rules: [{ verbs: ["create"], resources: ["pods/attach"] }], to });
    expect(heldBy(latent, "Group:system:authenticated").POD_ATTACH).toBe("low cluster");
  });
});
