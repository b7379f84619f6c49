import { describe, expect, it } from "vitest";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { mutatingPolicyWrite } from "./mutating-policy-write.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";

const policies = {
  verbs: ["create"],
  apiGroups: ["admissionregistration.k8s.io"],
  resources: ["mutatingadmissionpolicies"],
};
const bindings = { ...policies, resources: ["mutatingadmissionpolicybindings"] };

describe("MUTATING_POLICY_WRITE", () => {
  it("changes a policy by its name", () => {
    const parts = aGrantedCluster({ rules: [{ ...policies, verbs: ["update"], resourceNames: ["x"] }, bindings] });
    const metadata = aMetadata({ name: "x" });
    const policy = {
      metadata,
      kind: "MutatingAdmissionPolicy" as const,
      group: "admissionregistration.k8s.io",
      version: "v1",
      spec: {},
    };
    expect(heldBy({ ...parts, admissionPolicies: [policy] }).MUTATING_POLICY_WRITE).toBe("critical cluster");
  });

  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "both halves", grants: [{ rules: [policies, bindings] }], held: "critical cluster" },
    {
      name: "halves of two bindings",
      grants: [{ rules: [policies] }, { rules: [{ ...bindings, verbs: ["patch"] }] }],
      held: "critical cluster",
    },
    {
      name: "changing a policy by a name that none bears waits",
      grants: [{ rules: [{ ...policies, verbs: ["update"], resourceNames: ["x"] }, bindings] }],
      held: "low cluster",
    },
    {
      name: "14: create and patch with its name make it by server-side apply",
      grants: [{ rules: [{ ...policies, verbs: ["create", "patch"], resourceNames: ["x"] }, bindings] }],
      held: "critical cluster",
    },
    { name: "policies alone", grants: [{ rules: [policies] }], held: undefined },
    { name: "bindings alone", grants: [{ rules: [bindings] }], held: undefined },
    {
      name: "16: through a role binding they are inert",
      grants: [{ rules: [policies, bindings], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "validating ones rewrite nothing",
      grants: [
        { rules: [{ ...policies, resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"] }] },
      ],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...policies, apiGroups: [""] }, bindings] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [policies, bindings], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).MUTATING_POLICY_WRITE).toBe(held);
  });

  const all = defaultApiResources().apiResources;
  const without = all.filter(({ resource }) => !resource.startsWith("mutatingadmission"));
  it.each([
    { name: "served on an older version", apiResources: all, minor: "34", state: "active" },
    { name: "not served", apiResources: without, minor: "37", state: "blocked" },
    { name: "discovery unread on 1.35", apiResources: [], minor: "35", state: "blocked" },
    { name: "discovery unread on 1.36", apiResources: [], minor: "36", state: "active" },
    { name: "nothing known", apiResources: [], minor: null, state: "latent" },
  ])("$name: $state", ({ apiResources, minor, state }) => {
    const parts = { ...aGrantedCluster({ rules: [policies, bindings] }), apiResources, minor };
    expect(holdAlone(parts, mutatingPolicyWrite)).toMatchObject([{ state }]);
  });
});
