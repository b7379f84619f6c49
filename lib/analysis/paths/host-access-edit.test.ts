import { describe, expect, it } from "vitest";
import type { Container, PodSpec } from "#lib/model/pod.ts";
import { aContainer, anOwner, aPod, aPodSpec, aWorkload } from "#lib/testing/build-pods.ts";
import { withoutHostAccess, type WorkloadObjects } from "./host-access-edit.ts";

const privileged = aContainer({ securityContext: { privileged: true } });
const SPEC = aPodSpec({ containers: [privileged] });
const CHANGE = { namespace: "shop", pod: "web-0" };

const edit = (pods: WorkloadObjects["pods"], workloads: WorkloadObjects["workloads"] = []) =>
  withoutHostAccess(CHANGE, { pods, workloads });

/** The patch for a Deployment with this template. */
function patchOf(spec: Partial<PodSpec>): unknown {
  const owner = anOwner("Deployment", "web");
  const { text } = edit(
    [aPod("shop", "web-0", { spec, owner })],
    [aWorkload("Deployment", "shop", "web", { spec })],
  ).how;
  const [, json] = /^kubectl patch deployment web -n shop --type=strategic -p '(.*)'$/.exec(text) ?? [];
  const patch: unknown = JSON.parse(json ?? "null");
  expect(patch).toHaveProperty("spec.template.spec");
  return (patch as { spec: { template: { spec: unknown } } }).spec.template.spec;
}

describe("withoutHostAccess", () => {
  it("patches the Deployment behind a pod of its ReplicaSet, and names the fields", () => {
    const pod = aPod("shop", "web-0", { spec: SPEC, owner: anOwner("ReplicaSet", "web-1") });
    const { title, how, note } = edit(
      [pod],
      [
        aWorkload("ReplicaSet", "shop", "web-1", { spec: SPEC, owner: anOwner("Deployment", "web") }),
        aWorkload("Deployment", "elsewhere", "web", { spec: SPEC }),
        aWorkload("Deployment", "shop", "web", { spec: SPEC }),
      ],
    );
    expect(title).toBe("Take the access to its node away from Deployment shop/web: privileged of container main");
    expect(how).toEqual({
      language: "shell",
      text: `kubectl patch deployment web -n shop --type=strategic -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","securityContext":{"privileged":false}}]}}}}'`,
    });
    expect(note).toBeNull();
  });

  it("goes through the job template of a CronJob", () => {
    const pod = aPod("shop", "web-0", { spec: SPEC, owner: anOwner("Job", "web-1") });
    const { how } = edit(
      [pod],
      [
        aWorkload("Job", "shop", "web-1", { spec: SPEC, owner: anOwner("CronJob", "web") }),
        aWorkload("CronJob", "shop", "web", { spec: SPEC }),
      ],
    );
    expect(how.text).toContain(
      `kubectl patch cronjob web -n shop --type=strategic -p '{"spec":{"jobTemplate":{"spec":{"template":`,
    );
  });

  it("takes every field that gives access, and nothing else", () => {
    const mounts = [
      { name: "host", mountPath: "/host", readOnly: false },
      { name: "data", mountPath: "/data", readOnly: false },
    ];
    const containers: readonly Container[] = [
      aContainer({ securityContext: { capabilities: { add: ["CAP_SYS_ADMIN", "NET_ADMIN"] } }, volumeMounts: mounts }),
      aContainer({ name: "plain", volumeMounts: [{ name: "host", mountPath: "/ro", readOnly: true }] }),
      aContainer({ name: "tracer", securityContext: { capabilities: { add: ["SYS_PTRACE"] } } }),
      aContainer({ name: "untouched" }),
      aContainer({ name: "setup", kind: "init", securityContext: { privileged: true } }),
    ];
    const volumes = [
      { name: "host", type: "hostPath", hostPath: { path: "/etc" } },
      { name: "data", type: "hostPath", hostPath: { path: "/data" } },
    ];
    expect(patchOf({ hostPID: true, hostNetwork: true, containers, volumes })).toEqual({
      hostPID: false,
      initContainers: [{ name: "setup", securityContext: { privileged: false } }],
      containers: [
        {
          name: "main",
          securityContext: { capabilities: { add: ["NET_ADMIN"] } },
          volumeMounts: [{ mountPath: "/host", $patch: "delete" }],
        },
        { name: "plain", volumeMounts: [{ mountPath: "/ro", $patch: "delete" }] },
      ],
      volumes: [{ name: "host", $patch: "delete" }],
    });
  });

  it("finds the workload of manifests, where no pod is", () => {
    const { how } = withoutHostAccess(
      { namespace: "shop", pod: "web" },
      {
        pods: [],
        workloads: [aWorkload("StatefulSet", "shop", "web"), aWorkload("DaemonSet", "shop", "web", { spec: SPEC })],
      },
    );
    expect(how.text).toMatch(/^kubectl patch daemonset web /);
  });

  it("says who would change it back, and whose pods stay", () => {
    const owner = anOwner("ReplicaSet", "web");
    const set = aWorkload("ReplicaSet", "shop", "web", { spec: SPEC, owner: anOwner("Rollout", "web") });
    const { how, note } = edit([aPod("shop", "web-0", { spec: SPEC, owner })], [set]);
    expect(how.text).toMatch(/^kubectl patch replicaset web /);
    expect(note).toContain("made by Rollout web");
    expect(note).toContain("running pods keep the access");
  });

  it.each([
    { name: "a pod of its own", owner: undefined, workloads: [], note: "nothing is known to make this one" },
    { name: "a static pod", owner: anOwner("Node", "node-1"), workloads: [], note: "static pod of node node-1" },
    {
      name: "an owner that was not read",
      owner: anOwner("Rollout", "web"),
      workloads: [],
      note: "made by Rollout web (apps/v1), which was not read",
    },
    {
      name: "a Job",
      owner: anOwner("Job", "web"),
      workloads: [aWorkload("Job", "shop", "web", { spec: SPEC })],
      note: "The template of a Job cannot be changed",
    },
    {
      name: "a template that was changed already",
      owner: anOwner("StatefulSet", "web"),
      workloads: [aWorkload("StatefulSet", "shop", "web")],
      note: "no such access any more",
    },
    {
      name: "owners that form a circle",
      owner: anOwner("Job", "web"),
      workloads: [aWorkload("Job", "shop", "web", { spec: SPEC, owner: anOwner("Job", "web") })],
      note: "The template of a Job cannot be changed",
    },
  ])("prints no patch for $name, and says what to do", ({ owner, workloads, note }) => {
    const pod = aPod("shop", "web-0", { spec: SPEC, ...(owner ? { owner } : {}) });
    const view = edit([pod], workloads);
    expect(view.how.text).toBe("kubectl get pod web-0 -n shop -o yaml");
    expect(view.note).toContain(note);
    expect(view.title).toContain("privileged of container main");
  });

  it("quotes whatever names hold", () => {
    const spec = aPodSpec({ containers: [aContainer({ name: "it's", securityContext: { privileged: true } })] });
    const owner = anOwner("Deployment", "$(x)");
    const { how } = edit([aPod("shop", "web-0", { spec, owner })], [aWorkload("Deployment", "shop", "$(x)", { spec })]);
    expect(how.text).toMatch(/^kubectl patch deployment '\$\(x\)' -n shop --type=strategic -p '\{/);
    expect(how.text).toContain(`"name":"it'\\''s"`);
  });
});
