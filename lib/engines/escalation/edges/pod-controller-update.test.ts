import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { aWorkload } from "#lib/testing/build-pods.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { podControllerUpdate } from "./pod-controller-update.ts";

const patch = { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] };
const world = (...grants: readonly GivenGrant[]) => ({
  ...aGrantedCluster(...grants),
  workloads: [
    aWorkload("Deployment", "payments", "web"),
    aWorkload("CronJob", "payments", "report"),
    aWorkload("Deployment", "ops", "web"),
    aWorkload("Job", "shop", "once"),
  ],
});

describe("POD_CONTROLLER_UPDATE", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "patch of deployments", grants: [{ rules: [patch], in: "payments" }], held: "medium payments" },
    {
      name: "update of cron jobs",
      grants: [{ rules: [{ verbs: ["update"], apiGroups: ["batch"], resources: ["cronjobs"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "one named workload is enough",
      grants: [{ rules: [{ ...patch, resourceNames: ["web"] }], in: "payments" }],
      held: "medium payments",
    },
    {
      name: "named beside an account that takes over the cluster",
      grants: [{ rules: [{ ...patch, resourceNames: ["web"] }], in: "ops" }],
      held: "critical ops",
    },
    { name: "everywhere", grants: [{ rules: [patch] }], held: "critical cluster" },
    {
      name: "where no workload is, it waits",
      grants: [{ rules: [patch], in: "kube-system" }],
      held: "low kube-system",
    },
    {
      name: "a workload of another kind is none",
      grants: [{ rules: [{ ...patch, resources: ["statefulsets"] }], in: "payments" }],
      held: "low payments",
    },
    {
      name: "14: what is not there is made by server-side apply, with create and patch of its name",
      grants: [{ rules: [{ ...patch, verbs: ["create", "patch"], resourceNames: ["new"] }], in: "kube-system" }],
      held: "critical kube-system",
    },
    {
      name: "58: the template of a job cannot be changed",
      grants: [{ rules: [{ verbs: ["update", "patch"], apiGroups: ["batch"], resources: ["jobs"] }], in: "shop" }],
      held: undefined,
    },
    {
      name: "scale is not the template",
      grants: [{ rules: [{ ...patch, resources: ["deployments/scale", "deployments/status"] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "the core group has no deployments",
      grants: [{ rules: [{ ...patch, apiGroups: [""] }], in: "payments" }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [patch], byDefault: true }],
      held: "critical cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(world(...grants)).POD_CONTROLLER_UPDATE).toBe(held);
  });

  it.each([
    { name: "a job is no such workload", rule: patch, in: "shop", gaps: [], state: "latent" },
    {
      name: "another name is not there",
      rule: { ...patch, resourceNames: ["gone"] },
      in: "payments",
      gaps: [],
      state: "latent",
    },
    {
      name: "what could not be read may be there",
      rule: patch,
      in: "shop",
      gaps: [{ resource: "deployments", namespace: "shop", state: "forbidden" as const }],
      state: "active",
    },
    {
      name: "a gap in another namespace says nothing here",
      rule: patch,
      in: "shop",
      gaps: [{ resource: "deployments", namespace: "ops", state: "forbidden" as const }],
      state: "latent",
    },
  ])("$name", ({ rule, gaps, state, ...grant }) => {
    const parts = { ...world({ rules: [rule], in: grant.in }), gaps };
    expect(holdAlone(parts, podControllerUpdate).map((held) => held.state)).toEqual([state]);
  });
});
