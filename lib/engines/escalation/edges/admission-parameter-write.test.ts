import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";
import type { Json } from "#lib/model/metadata.ts";

const ID = "ADMISSION_PARAMETER_WRITE";
const GROUP = "admissionregistration.k8s.io";
const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };
const change = { verbs: ["update"], resources: ["configmaps"] };

/** With a validating policy that takes its limits from where the binding says. */
function withPolicy(
  parts: SnapshotParts,
  paramRef: Json | undefined = { name: "limits", namespace: "payments" },
  paramKind: Json = CONFIG_MAP,
): SnapshotParts {
  const object = (kind: string, spec: Json) => ({
    group: GROUP,
    version: "v1",
    kind,
    metadata: aMetadata({ name: "max" }),
    spec,
  });
  return {
    ...parts,
    admissionPolicies: [
      object("ValidatingAdmissionPolicy", { paramKind }),
      object("ValidatingAdmissionPolicyBinding", {
        policyName: "max",
        ...(paramRef === undefined ? {} : { paramRef }),
      }),
    ],
  };
}

describe("ADMISSION_PARAMETER_WRITE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "writing them in their namespace", grants: [{ rules: [change], in: "payments" }], held: "medium payments" },
    { name: "writing them everywhere", grants: [{ rules: [change] }], held: "medium cluster" },
    {
      name: "by name",
      grants: [{ rules: [{ ...change, verbs: ["delete"], resourceNames: ["limits"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "another name",
      grants: [{ rules: [{ ...change, resourceNames: ["other"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "12: deletecollection limited by name is inert",
      grants: [{ rules: [{ ...change, verbs: ["deletecollection"], resourceNames: ["limits"] }], in: "payments" }],
      held: undefined,
    },
    { name: "another namespace", grants: [{ rules: [change], in: "shop" }], held: undefined },
    {
      name: "only reading them",
      grants: [{ rules: [{ ...change, verbs: ["get"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another resource",
      grants: [{ rules: [{ ...change, resources: ["secrets"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "another API group",
      grants: [{ rules: [{ ...change, apiGroups: ["apps"] }], in: "payments" }],
      held: undefined,
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(withPolicy(aGrantedCluster(...grants)))[ID]).toBe(held);
  });

  it.each<{ name: string; parts: (granted: SnapshotParts) => SnapshotParts; held: string | undefined }>([
    { name: "no policy", parts: (granted) => granted, held: undefined },
    {
      name: "a policy whose binding names no parameters",
      parts: (granted) => ({
        ...granted,
        admissionPolicies: (withPolicy(granted).admissionPolicies ?? []).map((object) =>
          object.kind === "ValidatingAdmissionPolicyBinding" ? { ...object, spec: { policyName: "max" } } : object,
        ),
      }),
      held: undefined,
    },
    {
      name: "parameters in the namespace of whatever is judged",
      parts: (granted) => withPolicy(granted, { name: "limits" }),
      held: "medium payments",
    },
    {
      name: "parameters chosen by labels",
      parts: (granted) => withPolicy(granted, { selector: {} }),
      held: "medium payments",
    },
    {
      name: "a kind that the API does not serve",
      parts: (granted) =>
        withPolicy(granted, { name: "limits" }, { apiVersion: "limits.example.com/v1", kind: "Limit" }),
      held: undefined,
    },
    {
      name: "parameters of the whole cluster, which a role binding does not reach",
      parts: (granted) => withPolicy(granted, { name: "limits" }, { apiVersion: "v1", kind: "Namespace" }),
      held: undefined,
    },
  ])("with $name", ({ parts, held }) => {
    const granted = aGrantedCluster({
      rules: [change, { verbs: ["update"], resources: ["namespaces"] }],
      in: "payments",
    });
    expect(heldBy(parts(granted))[ID]).toBe(held);
  });
});
