import type { Json } from "../../model/metadata.ts";
import type { Container, PodSpec, VolumeMount } from "../../model/pod.ts";

/** Folders of the host through which a writer becomes root on it: programs, configuration, credentials and the runtime's state. */
const POWERFUL_PATHS = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/opt",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/usr",
  "/var/lib/containerd",
  "/var/lib/docker",
  "/var/lib/etcd",
  "/var/lib/kubelet",
  "/var/run",
  "/var/spool/cron",
];
/** A socket obeys whoever connects, a read-only mount notwithstanding. */
const RUNTIME_SOCKETS = [
  "/run/containerd/containerd.sock",
  "/run/crio/crio.sock",
  "/run/docker.sock",
  "/var/run/containerd/containerd.sock",
  "/var/run/crio/crio.sock",
  "/var/run/docker.sock",
];
/** Capabilities that are root on the host by themselves. */
const HOST_CAPABILITIES: ReadonlySet<string> = new Set([
  "ALL",
  "BPF",
  "DAC_READ_SEARCH",
  "SYS_ADMIN",
  "SYS_MODULE",
  "SYS_RAWIO",
]);

/** One field of a specification by which a container is root on its node. */
export type HostDoor = { readonly container: Container } & (
  | { readonly type: "privileged" }
  /** `names` as they stand in the object. */
  | { readonly type: "capabilities"; readonly names: readonly string[] }
  /** `SYS_PTRACE` among the processes of the host. */
  | { readonly type: "trace" }
  | { readonly type: "volume"; readonly path: string; readonly mount: VolumeMount }
);

/**
 * Why code in a container of the pod is root on its node, or null when nothing in the specification makes it so: the first of `hostDoors`. Never throws.
 */
export function hostAccess(spec: PodSpec): string | null {
  const [door] = hostDoors(spec);
  return door ? doorText(door) : null;
}

/**
 * Everything in a specification that makes code in one of its containers root on its node; the pod is not when all of it is taken away. Only what is
 * certain counts: a privileged container, a capability that is enough by itself, a writable folder of the host that leads there, a socket of the
 * runtime, or `SYS_PTRACE` among the processes of the host. In the order of the containers. Never throws.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function hostDoors(spec: PodSpec): readonly HostDoor[] {
  return spec.hostUsers === false ? [] : spec.containers.flatMap((container) => doorsOf(container, spec));
}

function doorText(door: HostDoor): string {
  const name = `container ${door.container.name}`;
  switch (door.type) {
    case "privileged":
      return `${name} is privileged`;
    case "capabilities":
      return `${name} has ${capabilityName(door.names[0] ?? "")}`;
    case "trace":
      return `${name} may trace processes of the host`;
    case "volume":
      return `${name} mounts ${door.path} of the host${door.mount.readOnly ? "" : " writable"}`;
  }
}

function doorsOf(container: Container, spec: PodSpec): readonly HostDoor[] {
  const context = container.securityContext;
  const doors: HostDoor[] = [];
  if (field(context, "privileged") === true) doors.push({ container, type: "privileged" });
  const added = addedCapabilities(context);
  const names = added.filter((name) => HOST_CAPABILITIES.has(capabilityName(name)));
  if (names.length > 0) doors.push({ container, type: "capabilities", names });
  if (spec.hostPID === true && added.some((name) => capabilityName(name) === "SYS_PTRACE"))
    doors.push({ container, type: "trace" });
  // Folders and sockets of the host belong to root; another user is stopped by their permissions.
  if (runsAsOtherThanRoot(container, spec)) return doors;
  for (const mount of container.volumeMounts) {
    const path = spec.volumes.find(({ name }) => name === mount.name)?.hostPath?.path;
    if (path !== undefined && leadsToHost(path, mount)) doors.push({ container, type: "volume", path, mount });
  }
  return doors;
}

function runsAsOtherThanRoot({ securityContext }: Container, spec: PodSpec): boolean {
  const setting = (name: string) => field(securityContext, name) ?? field(spec.securityContext, name);
  const user = setting("runAsUser");
  return typeof user === "number" ? user !== 0 : setting("runAsNonRoot") === true;
}

function leadsToHost(path: string, { readOnly, subPath }: VolumeMount): boolean {
  const full = normalised(subPath === undefined ? path : `${path}/${subPath}`);
  const contains = (file: string) => full === "/" || file === full || file.startsWith(`${full}/`);
  if (RUNTIME_SOCKETS.some(contains)) return true;
  return (
    !readOnly && (full === "/" || POWERFUL_PATHS.some((powerful) => contains(powerful) || isBelow(full, powerful)))
  );
}

function isBelow(path: string, folder: string): boolean {
  // Logs and the like below /var/lib/kubelet or /run are too many to be all powerful: only what is written by root and executed or trusted.
  return ["/bin", "/etc", "/lib", "/root", "/sbin", "/usr"].includes(folder) && path.startsWith(`${folder}/`);
}

function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** As they stand in the object. */
export function addedCapabilities(context: Json | undefined): readonly string[] {
  const added = field(field(context, "capabilities"), "add");
  return Array.isArray(added) ? added.flatMap((name) => (typeof name === "string" ? [name] : [])) : [];
}

function capabilityName(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, "");
}

function field(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined;
  return (value as { readonly [key: string]: Json })[name]; // not a list: checked above
}
