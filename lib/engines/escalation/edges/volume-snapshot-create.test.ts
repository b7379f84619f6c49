import { describe, expect, it } from "vitest";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const GROUP = "snapshot.storage.k8s.io";
const snapshots = { verbs: ["create"], apiGroups: [GROUP], resources: ["volumesnapshots"] };
const claims = { verbs: ["create"], resources: ["persistentvolumeclaims"] };
const served = {
  group: GROUP,
  version: "v1",
  resource: "volumesnapshots",
  kind: "VolumeSnapshot",
  namespaced: true,
  verbs: [],
};

describe("VOLUME_SNAPSHOT_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "snapshots and claims", grants: [{ rules: [snapshots, claims], in: "payments" }], held: "low payments" },
    {
      name: "halves of two bindings",
      grants: [{ rules: [snapshots] }, { rules: [claims], in: "payments" }],
      held: "low payments",
    },
    { name: "everywhere", grants: [{ rules: [snapshots, claims] }], held: "low cluster" },
    { name: "snapshots alone", grants: [{ rules: [snapshots], in: "payments" }], held: undefined },
    { name: "claims alone", grants: [{ rules: [claims], in: "payments" }], held: undefined },
    {
      name: "10: limited by name it is inert",
      grants: [{ rules: [{ ...snapshots, resourceNames: ["x"] }, claims], in: "payments" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...snapshots, apiGroups: ["storage.k8s.io"] }, claims], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [snapshots, claims], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    const parts = { ...aGrantedCluster(...grants), apiResources: [...defaultApiResources().apiResources, served] };
    expect(heldBy(parts).VOLUME_SNAPSHOT_CREATE).toBe(held);
  });

  it.each([
    {
      name: "is nothing where snapshots are not served",
      apiResources: defaultApiResources().apiResources,
      held: undefined,
    },
    { name: "may be served where discovery could not be read", apiResources: [], held: "low payments" },
  ])("$name", ({ apiResources, held }) => {
    const parts = { ...aGrantedCluster({ rules: [snapshots, claims], in: "payments" }), apiResources };
    expect(heldBy(parts).VOLUME_SNAPSHOT_CREATE).toBe(held);
  });
});
