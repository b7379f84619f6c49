import { expect, it } from "vitest";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { Labels } from "#lib/model/labels.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { platformOf } from "./platform.ts";

const aNode = (labels: Labels = [], providerId?: string): ClusterSnapshot["objects"]["nodes"][number] => ({
  metadata: aMetadata({ name: "node-1", labels }),
  addresses: [],
  podCIDRs: [],
  taints: [],
  unschedulable: false,
  info: {},
  ...(providerId === undefined ? {} : { providerId }),
});
const version = (gitVersion: string) => ({ version: { gitVersion, major: "1", minor: "37" } });

it.each<{ name: string; parts?: SnapshotParts; change?: Partial<ClusterSnapshot>; platform: string | null }>([
  { name: "nothing tells", platform: null },
  { name: "nothing tells and no version was read", parts: { minor: null }, platform: null },
  { name: "EKS by version", change: version("v1.37.2-eks-abc1234"), platform: "EKS" },
  { name: "GKE by version", change: version("v1.37.2-gke.1200"), platform: "GKE" },
  { name: "k3s by version", change: version("v1.37.2+k3s1"), platform: "k3s" },
  { name: "RKE2 by version", change: version("v1.37.2+rke2r1"), platform: "RKE2" },
  { name: "ACK by version", change: version("v1.37.2-aliyun.1"), platform: "ACK" },
  { name: "a version that only looks alike", change: version("v1.37.2-geks"), platform: null },
  {
    name: "AKS by the label of a later node",
    parts: { nodes: [aNode(), aNode([["kubernetes.azure.com/cluster", "x"]])] },
    platform: "AKS",
  },
  { name: "an empty label", parts: { nodes: [aNode([["minikube.k8s.io/name", ""]])] }, platform: "minikube" },
  { name: "a label of an odd name", parts: { nodes: [aNode([["__proto__", "EKS"]])] }, platform: null },
  { name: "kind by provider", parts: { nodes: [aNode([], "kind://docker/kind/node-1")] }, platform: "kind" },
  {
    name: "the version before the labels",
    parts: { nodes: [aNode([["minikube.k8s.io/name", "m"]])] },
    change: version("v1.37.2+k3s1"),
    platform: "k3s",
  },
  { name: "manifests", change: { source: { type: "manifests", files: 1, documents: 1 } }, platform: "manifests" },
])("$name: $platform", ({ parts, change, platform }) => {
  expect(platformOf({ ...aSnapshot(parts), ...change })).toBe(platform);
});
