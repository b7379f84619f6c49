import type { ChangeView } from "../../contracts/paths.ts";
import { addedCapabilities, hostDoors, type HostDoor } from "../../engines/escalation/index.ts";
import type { ObjectMetadata, OwnerReference } from "../../model/metadata.ts";
import type { Container, PodSpec, Workload } from "../../model/pod.ts";
import type { SnapshotObjects } from "../../model/snapshot.ts";
import { quoted } from "./shell-word.ts";

/** Where pods come from. */
export type WorkloadObjects = Pick<SnapshotObjects, "pods" | "workloads">;

type Edit = Pick<ChangeView, "title" | "how" | "note">;

const LISTS = { container: "containers", init: "initContainers", ephemeral: null } as const;
/** Nothing starts their pods anew when the template changes. */
const LEAVE_PODS: ReadonlySet<string> = new Set(["ReplicaSet", "ReplicationController"]);

/**
 * The exact change by which a pod no longer reaches into its node: a patch of the workload that makes it, for every field that gives the access. Where
 * nothing can be patched (a pod of its own, a Job, a static pod, an owner that was not read) the note says what to take out, and where.
 */
export function withoutHostAccess(
  { namespace, pod: name }: { readonly namespace: string; readonly pod: string },
  objects: WorkloadObjects,
): Edit {
  const pod = objects.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const { workload, owner } = pod
    ? makerOf(pod.metadata, objects)
    : { workload: templateNamed(namespace, name, objects), owner: null };
  const spec = workload?.template.spec ?? pod?.spec;
  const doors = spec ? hostDoors(spec) : [];
  const fields = [...new Set((doors.length > 0 || !pod ? doors : hostDoors(pod.spec)).map(fieldText))].join(", ");
  const place = `-n ${quoted(namespace)}`;
  if (!workload || !spec || doors.length === 0 || workload.kind === "Job")
    return {
      title: `Take the access to its node away from pod ${namespace}/${name}${fields === "" ? "" : `: ${fields}`}`,
      how: shell(`kubectl get pod ${quoted(name)} ${place} -o yaml`),
      note: unpatchedNote(workload, owner, fields),
    };
  const { kind, metadata } = workload;
  return {
    title: `Take the access to its node away from ${kind} ${namespace}/${metadata.name}: ${fields}`,
    how: shell(
      `kubectl patch ${kind.toLowerCase()} ${quoted(metadata.name)} ${place} --type=strategic -p ${quoted(JSON.stringify(patchOf(kind, spec, doors)))}`,
    ),
    note: patchedNote(workload, owner, doors),
  };
}

/** The workload at the top of a pod's owners as far as they were read, and the owner above it that was not. */
function makerOf(
  { namespace, ownerReferences }: ObjectMetadata,
  { workloads }: WorkloadObjects,
): { readonly workload: Workload | undefined; readonly owner: OwnerReference | null } {
  let owner = controllerIn(ownerReferences);
  let workload: Workload | undefined;
  // Owners form no circle in a real cluster; a forged one ends here.
  for (let height = 0; owner && height < 5; height += 1) {
    const { kind, name } = owner;
    const next = workloads.find(
      (candidate) =>
        candidate.kind === kind && candidate.metadata.namespace === namespace && candidate.metadata.name === name,
    );
    if (!next) break;
    workload = next;
    owner = controllerIn(next.metadata.ownerReferences);
  }
  return { workload, owner };
}

function controllerIn(references: readonly OwnerReference[]): OwnerReference | null {
  return references.find(({ controller }) => controller) ?? null;
}

/** In manifests there are no pods: a workload's template stands for them, under its name. */
function templateNamed(namespace: string, name: string, { workloads }: WorkloadObjects): Workload | undefined {
  return workloads.find(
    ({ metadata, template }) =>
      metadata.namespace === namespace && metadata.name === name && hostDoors(template.spec).length > 0,
  );
}

function fieldText(door: HostDoor): string {
  switch (door.type) {
    case "privileged":
      return `privileged of container ${door.container.name}`;
    case "capabilities":
      return `${door.names.join(" and ")} of container ${door.container.name}`;
    case "trace":
      return "hostPID";
    case "volume":
      return `hostPath volume ${door.mount.name} (${door.path})`;
  }
}

/** A strategic merge patch: containers are found by name, mounts by path, volumes by name. */
function patchOf(kind: string, spec: PodSpec, doors: readonly HostDoor[]): object {
  const volumes = new Set(doors.flatMap((door) => (door.type === "volume" ? [door.mount.name] : [])));
  const change = {
    ...(doors.some(({ type }) => type === "trace") ? { hostPID: false } : {}),
    ...listOf("initContainers", spec, doors, volumes),
    ...listOf("containers", spec, doors, volumes),
    ...(volumes.size > 0 ? { volumes: [...volumes].map((name) => ({ name, $patch: "delete" })) } : {}),
  };
  const template = { spec: { template: { spec: change } } };
  return kind === "CronJob" ? { spec: { jobTemplate: template } } : template;
}

function listOf(
  list: "containers" | "initContainers",
  spec: PodSpec,
  doors: readonly HostDoor[],
  volumes: ReadonlySet<string>,
): object {
  const changed = spec.containers
    .filter(({ kind }) => LISTS[kind] === list)
    .map((container) => containerPatch(container, doors, volumes))
    .filter((patch) => Object.keys(patch).length > 1);
  return changed.length === 0 ? {} : { [list]: changed };
}

/** Only the name where nothing changes. */
function containerPatch(container: Container, doors: readonly HostDoor[], volumes: ReadonlySet<string>): object {
  const own = doors.filter((door) => door.container === container);
  const taken = new Set(own.flatMap((door) => (door.type === "capabilities" ? door.names : [])));
  const context = {
    ...(own.some(({ type }) => type === "privileged") ? { privileged: false } : {}),
    ...(taken.size > 0
      ? { capabilities: { add: addedCapabilities(container.securityContext).filter((name) => !taken.has(name)) } }
      : {}),
  };
  const mounts = container.volumeMounts
    .filter(({ name }) => volumes.has(name))
    .map(({ mountPath }) => ({ mountPath, $patch: "delete" }));
  return {
    name: container.name,
    ...(Object.keys(context).length > 0 ? { securityContext: context } : {}),
    ...(mounts.length > 0 ? { volumeMounts: mounts } : {}),
  };
}

function patchedNote({ kind, metadata }: Workload, owner: OwnerReference | null, doors: readonly HostDoor[]) {
  const notes = [
    ...(owner
      ? [
          `${kind} ${metadata.name} is itself made by ${owner.kind} ${owner.name} (${owner.apiVersion}), which may change it back: change it there.`,
        ]
      : []),
    ...(LEAVE_PODS.has(kind) ? ["Its running pods keep the access until they are deleted."] : []),
    ...(doors.some(({ container }) => container.kind === "ephemeral")
      ? ["An ephemeral container goes away only with its pod."]
      : []),
  ];
  return notes.length > 0 ? notes.join(" ") : null;
}

function unpatchedNote(workload: Workload | undefined, owner: OwnerReference | null, fields: string): string {
  const what = fields === "" ? "what reaches into the node" : fields;
  if (workload?.kind === "Job")
    return `The template of a Job cannot be changed: delete Job ${workload.metadata.name} and create it again without ${what}.${owner ? ` It is made by ${owner.kind} ${owner.name}: change it there too.` : ""}`;
  if (owner?.kind === "Node")
    return `It is a static pod of node ${owner.name}: take ${what} out of its file there, usually in /etc/kubernetes/manifests.`;
  if (owner)
    return `It is made by ${owner.kind} ${owner.name} (${owner.apiVersion}), which was not read: take ${what} out of its template.`;
  if (workload)
    return `The template of ${workload.kind} ${workload.metadata.name} has no such access any more: delete the pod so that it is made anew.`;
  return `A running pod cannot be changed and nothing is known to make this one: delete it and create it again without ${what}.`;
}

function shell(text: string): ChangeView["how"] {
  return { language: "shell", text };
}
