import { describe, expect, it } from "vitest";
import { defaultApiResources } from "#lib/collector/manifests/defaults-data.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const GROUP = "snapshot.storage.k8s.io";
const contents = { verbs: ["create"], apiGroups: [GROUP], resources: ["volumesnapshotcontents"] };
const rest = [
  { verbs: ["create"], apiGroups: [GROUP], resources: ["volumesnapshots"] },
  { verbs: ["create"], resources: ["persistentvolumeclaims"] },
];
const served = {
  group: GROUP,
  version: "v1",
  resource: "volumesnapshotcontents",
  kind: "VolumeSnapshotContent",
  namespaced: false,
  verbs: [],
};

describe("VOLUME_SNAPSHOT_CONTENT_CREATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "all three everywhere", grants: [{ rules: [contents, ...rest] }], held: "medium cluster" },
    {
      name: "contents everywhere and the rest in one namespace",
      grants: [{ rules: [contents] }, { rules: rest, in: "payments" }],
      held: "medium payments",
    },
    {
      name: "16: contents through a role binding are inert",
      grants: [{ rules: [contents, ...rest], in: "payments" }],
      held: undefined,
    },
    { name: "contents alone", grants: [{ rules: [contents] }], held: undefined },
    {
      name: "10: limited by name it is inert",
      grants: [{ rules: [{ ...contents, resourceNames: ["x"] }, ...rest] }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...contents, apiGroups: ["storage.k8s.io"] }, ...rest] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [contents, ...rest], byDefault: true }],
      held: "medium cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    const parts = { ...aGrantedCluster(...grants), apiResources: [...defaultApiResources().apiResources, served] };
    expect(heldBy(parts).VOLUME_SNAPSHOT_CONTENT_CREATE).toBe(held);
  });

  it("is nothing where snapshots are not served", () => {
    expect(heldBy(aGrantedCluster({ rules: [contents, ...rest] })).VOLUME_SNAPSHOT_CONTENT_CREATE).toBeUndefined();
  });
});
