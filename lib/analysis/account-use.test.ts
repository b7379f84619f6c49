import { describe, expect, it } from "vitest";
import { aPod, aPodSpec, aWorkload, anOwner } from "#lib/testing/build-pods.ts";
import { aServiceAccount } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { mountsToken } from "../engines/escalation/index.ts";
import { accountUses } from "./account-use.ts";

const web = { serviceAccountName: "web" };

it("counts pods and nodes, under the topmost controller", () => {
  const owner = anOwner("ReplicaSet", "api-1");
  const uses = accountUses(
    aSnapshot({
      serviceAccounts: [aServiceAccount("shop", "web")],
      workloads: [
        aWorkload("Deployment", "shop", "api", { spec: web }),
        aWorkload("ReplicaSet", "shop", "api-1", { spec: web, owner: anOwner("Deployment", "api") }),
      ],
      pods: [
        aPod("shop", "api-1-a", { spec: web, owner, nodeName: "node-1" }),
        aPod("shop", "api-1-b", { spec: web, owner, nodeName: "node-2" }),
        aPod("shop", "alone", { spec: web, nodeName: "node-2" }),
      ],
    }),
  );
  expect(uses("shop", "web")).toEqual({
    pods: 3,
    nodes: 2,
    workloads: [
      { kind: "Deployment", namespace: "shop", name: "api", pods: 2, tokenMounted: true },
      { kind: "Pod", namespace: "shop", name: "alone", pods: 1, tokenMounted: true },
    ],
  });
});

it("counts templates without pods, except those scaled to zero or controlled by another", () => {
  const uses = accountUses(
    aSnapshot({
      workloads: [
        aWorkload("CronJob", "shop", "nightly", { spec: web }),
        aWorkload("Deployment", "shop", "off", { spec: web, replicas: 0 }),
        aWorkload("Job", "shop", "nightly-1", { spec: web, owner: anOwner("CronJob", "nightly") }),
      ],
    }),
  );
  expect(uses("shop", "web").workloads.map(({ name, pods }) => [name, pods])).toEqual([["nightly", 0]]);
});

it("keeps accounts of the same name in two namespaces apart", () => {
  const uses = accountUses(aSnapshot({ pods: [aPod("shop", "a", { spec: web })] }));
  expect(uses("payments", "web")).toEqual({ pods: 0, nodes: 0, workloads: [] });
});

describe("a token stands in the pod", () => {
  const projected = [{ name: "t", type: "projected", projected: [{ type: "serviceAccountToken" as const }] }];
  it.each([
    { name: "by default", spec: {}, account: {}, mounts: true },
    { name: "not when the account says no", spec: {}, account: { automountServiceAccountToken: false }, mounts: false },
    {
      name: "when the pod says yes over its account",
      spec: { automountServiceAccountToken: true },
      account: { automountServiceAccountToken: false },
      mounts: true,
    },
    {
      name: "not when the pod says no over its account",
      spec: { automountServiceAccountToken: false },
      account: { automountServiceAccountToken: true },
      mounts: false,
    },
    {
      name: "when a volume projects it, whatever the fields say",
      spec: { automountServiceAccountToken: false, volumes: projected },
      account: {},
      mounts: true,
    },
  ])("$name", ({ spec, account, mounts }) => {
    expect(mountsToken(aPodSpec(spec), aServiceAccount("shop", "web", account))).toBe(mounts);
  });
  it("when the account is not known", () => {
    expect(mountsToken(aPodSpec(), undefined)).toBe(true);
  });
});
