import { describe, expect, it } from "vitest";
import type { Container, Volume, VolumeMount } from "#lib/model/pod.ts";
import { aContainer, aPodSpec } from "#lib/testing/build-pods.ts";
import { hostAccess, hostDoors } from "./host-access.ts";

const mounted = (path: string, mount: Partial<VolumeMount> = {}) => {
  const volumes: readonly Volume[] = [{ name: "host", type: "hostPath", hostPath: { path } }];
  const volumeMounts = [{ name: "host", mountPath: "/host", readOnly: false, ...mount }];
  return aPodSpec({ volumes, containers: [aContainer({ volumeMounts })] });
};
const withContext = (securityContext: Container["securityContext"], spec = {}) =>
  aPodSpec({ containers: [aContainer(securityContext === undefined ? {} : { securityContext })], ...spec });

describe("hostAccess", () => {
  it.each([
    { name: "a privileged container", spec: withContext({ privileged: true }), reason: "main is privileged" },
    {
      name: "a capability that is enough",
      spec: withContext({ capabilities: { add: ["SYS_ADMIN"] } }),
      reason: "SYS_ADMIN",
    },
    {
      name: "its name with prefix",
      spec: withContext({ capabilities: { add: ["cap_sys_module"] } }),
      reason: "SYS_MODULE",
    },
    { name: "all capabilities", spec: withContext({ capabilities: { add: ["ALL"] } }), reason: "ALL" },
    {
      name: "tracing processes of the host",
      spec: withContext({ capabilities: { add: ["SYS_PTRACE"] } }, { hostPID: true }),
      reason: "may trace",
    },
    { name: "the whole host, writable", spec: mounted("/"), reason: "mounts / of the host writable" },
    { name: "a folder of credentials", spec: mounted("/etc/kubernetes"), reason: "/etc/kubernetes" },
    { name: "a folder above one", spec: mounted("/var/lib"), reason: "/var/lib" },
    { name: "a path that only looks harmless", spec: mounted("/data/../etc"), reason: "/data/../etc" },
    {
      name: "the runtime's socket, even read-only",
      spec: mounted("/run/containerd/containerd.sock", { readOnly: true }),
      reason: "containerd.sock",
    },
    {
      name: "the whole host, read-only: the socket is in it",
      spec: mounted("/", { readOnly: true }),
      reason: "mounts / of the host",
    },
  ])("sees $name", ({ spec, reason }) => {
    expect(hostAccess(spec)).toContain(reason);
  });

  it.each([
    { name: "a plain container", spec: withContext(undefined) },
    { name: "harmless capabilities", spec: withContext({ capabilities: { add: ["NET_BIND_SERVICE", "CHOWN"] } }) },
    { name: "dropped capabilities", spec: withContext({ capabilities: { drop: ["ALL"] } }) },
    { name: "the processes of the host alone", spec: withContext(undefined, { hostPID: true }) },
    { name: "a folder of data", spec: mounted("/data") },
    { name: "a folder of logs, read-only", spec: mounted("/var/log", { readOnly: true }) },
    { name: "a host folder that no container mounts", spec: { ...mounted("/"), containers: [aContainer()] } },
    { name: "a part below a powerful folder that is data", spec: mounted("/run/calico") },
    { name: "the powerful folder in a user namespace", spec: { ...mounted("/"), hostUsers: false } },
    {
      name: "a user other than root, whom permissions stop",
      spec: aPodSpec({ ...mounted("/"), securityContext: { runAsNonRoot: true } }),
    },
    { name: "another user by number", spec: { ...mounted("/"), securityContext: { runAsUser: 65_534 } } },
    { name: "values of the wrong type", spec: withContext({ privileged: "true", capabilities: { add: "ALL" } }) },
  ])("does not take $name for access to the host", ({ spec }) => {
    expect(hostAccess(spec)).toBeNull();
  });
});

it("hostDoors names every field that gives access, by container", () => {
  const volumes: readonly Volume[] = [{ name: "host", type: "hostPath", hostPath: { path: "/" } }];
  const mount = { name: "host", mountPath: "/host", readOnly: false };
  const spec = aPodSpec({
    hostPID: true,
    volumes,
    containers: [
      aContainer({ securityContext: { privileged: true, capabilities: { add: ["cap_bpf", "CHOWN", "ALL"] } } }),
      aContainer({ name: "plain" }),
      aContainer({ name: "agent", securityContext: { capabilities: { add: ["SYS_PTRACE"] } }, volumeMounts: [mount] }),
    ],
  });
  expect(hostDoors(spec).map(({ container, ...door }) => [container.name, door])).toEqual([
    ["main", { type: "privileged" }],
    ["main", { type: "capabilities", names: ["cap_bpf", "ALL"] }],
    ["agent", { type: "trace" }],
    ["agent", { type: "volume", path: "/", mount }],
  ]);
});
