import { describe, expect, it } from "vitest";
import { aGrantedCluster, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aBinding, aClusterRole, aGroup, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { accessDiff } from "./access-diff.ts";
import { analyzeAccess } from "./analyze-access.ts";

const exec = { verbs: ["create"], resources: ["pods/exec"] };
const get = { verbs: ["get"], resources: ["configmaps"] };
const analysis = (...grants: readonly GivenGrant[]) => analyzeAccess(aSnapshot(aGrantedCluster(...grants)));

describe("accessDiff", () => {
  it("finds nothing between equals", () => {
    expect(accessDiff(analysis({ rules: [exec], in: "ops" }), analysis({ rules: [exec], in: "ops" }))).toEqual({
      findings: { added: [], removed: [], changed: [] },
      permissions: { added: [], removed: [] },
      takeover: { gained: [], lost: [] },
    });
  });

  it("tells what came, and the other way round what went", () => {
    const [before, after] = [analysis(), analysis({ rules: [exec], in: "ops" })];
    const came = accessDiff(before, after);
    expect(came.findings.added).toMatchObject([{ check: "POD_EXEC", severity: "critical", subject: "User:alice" }]);
    expect(came.permissions.added).toEqual([{ subject: "User:alice", namespace: "ops", rule: "create of pods/exec" }]);
    expect(came.takeover).toEqual({ gained: ["User:alice"], lost: [] });
    const went = accessDiff(after, before);
    expect(went.findings.removed).toEqual(came.findings.added);
    expect(went.permissions.removed).toEqual(came.permissions.added);
    expect(went.takeover).toEqual({ gained: [], lost: ["User:alice"] });
  });

  it("tells a finding that got worse as changed", () => {
    const before = analysis({ rules: [exec], in: "payments" });
    const after = analysis({ rules: [exec], in: "payments" }, { rules: [exec], in: "ops" });
    const { findings } = accessDiff(before, after);
    expect(findings.added).toEqual([]);
    expect(findings.changed).toMatchObject([{ before: { severity: "medium" }, after: { severity: "critical" } }]);
  });

  it("does not mind names of bindings and roles, and tells what a group gains once", () => {
    const named = (name: string, more: string[] = []) =>
      analyzeAccess(
        aSnapshot({
          clusterRoles: [aClusterRole(name, [aRule({ ...get, verbs: ["get", ...more] })])],
          clusterRoleBindings: [
            aBinding({ name, role: name, subjects: [aGroup("system:authenticated"), aUser("__proto__")] }),
          ],
        }),
      );
    expect(accessDiff(named("one"), named("two")).permissions).toEqual({ added: [], removed: [] });
    const { permissions } = accessDiff(named("one"), named("one", ["list"]));
    expect(permissions.added.map(({ subject }) => subject)).toEqual(["Group:system:authenticated", "User:__proto__"]);
  });
});
