import type { Pod, PodSpec, Workload, WorkloadKind } from "#lib/model/pod.ts";
import type { ProjectionContext } from "./metadata.ts";
import type { JsonRecord } from "./values.ts";
import { hash } from "node:crypto";
import { optional } from "./container.ts";
import { projectAnnotations, projectMetadata, textPairs } from "./metadata.ts";
import { projectPodSpec } from "./pod-spec.ts";
import { projectLabelSelector } from "./rbac.ts";
import {
  InvalidObject,
  isRecord,
  optionalBoolean,
  optionalInteger,
  optionalRecord,
  optionalText,
  recordOf,
  recordsOf,
  textOf,
} from "./values.ts";

/** A pod; equal specifications and label sets become one shared object. */
export function projectPod(object: JsonRecord, context: ProjectionContext): Pod {
  const { interner } = context;
  const spec = optionalRecord(object, "spec");
  if (spec === undefined) throw new InvalidObject("spec");
  const status = recordOf(object, "status");
  const nodeName = optionalText(spec, "nodeName");
  const phase = optionalText(status, "phase");
  const hostIP = optionalText(status, "hostIP");
  return {
    metadata: projectMetadata(object, true, context),
    spec: sharedSpec(spec, context),
    ...optional("nodeName", nodeName && interner.text(nodeName)),
    ...optional("phase", phase && interner.text(phase)),
    podIPs: podAddresses(status),
    ...optional("hostIP", hostIP && interner.text(hostIP)),
    imageIds: interner.labels(imageIds(status)),
  };
}

/** A controller with its pod template; the template of a CronJob is that of its job template. */
export function projectWorkload(
  object: JsonRecord,
  kind: WorkloadKind,
  group: string,
  context: ProjectionContext,
): Workload {
  const spec = optionalRecord(object, "spec");
  if (spec === undefined) throw new InvalidObject("spec");
  const controller = kind === "CronJob" ? recordOf(recordOf(spec, "jobTemplate"), "spec") : spec;
  return {
    metadata: projectMetadata(object, true, context),
    kind,
    group,
    ...optional("replicas", optionalInteger(spec, "replicas")),
    ...optional("selector", projectSelector(spec, kind)),
    template: projectTemplate(controller, context),
    ...optional("schedule", optionalText(spec, "schedule")),
    ...optional("suspended", optionalBoolean(spec, "suspend")),
  };
}

function projectTemplate(controller: JsonRecord, context: ProjectionContext): Workload["template"] {
  const template = optionalRecord(controller, "template");
  const spec = template && optionalRecord(template, "spec");
  if (template === undefined || spec === undefined) throw new InvalidObject("spec.template.spec");
  const metadata = recordOf(template, "metadata");
  return {
    labels: context.interner.labels(textPairs(recordOf(metadata, "labels"), "spec.template.metadata.labels")),
    annotations: projectAnnotations(metadata, context.interner),
    spec: sharedSpec(spec, context),
  };
}

/** A ReplicationController's selector is a plain map of labels. */
function projectSelector(spec: JsonRecord, kind: WorkloadKind): Workload["selector"] {
  const selector = optionalRecord(spec, "selector");
  if (selector === undefined) return undefined;
  if (kind !== "ReplicationController") return projectLabelSelector(selector);
  return { matchLabels: textPairs(selector, "spec.selector"), matchExpressions: [] };
}

/**
 * The projected specification, one object for equal ones. Most pods are replicas, so the text of the raw specification
 * is looked up first: that costs a fraction of projecting it again. Keys are hashes, which keep memory small when every
 * pod is different.
 */
function sharedSpec(spec: JsonRecord, { interner }: ProjectionContext): PodSpec {
  // These two differ between replicas and no engine reads them here; they must not keep equal pods apart.
  const { affinity: _affinity, nodeName: _nodeName, ...relevant } = spec;
  const tokenVolume = tokenVolumeName(spec);
  const text = JSON.stringify(relevant);
  const raw = tokenVolume === undefined ? text : text.replaceAll(`"${tokenVolume}"`, '"kube-api-access"');
  return interner.shared(`raw-pod-spec:${hash("sha256", raw, "base64")}`, () => {
    const projected = projectPodSpec(spec);
    return interner.shared(`pod-spec:${hash("sha256", JSON.stringify(projected), "base64")}`, () => projected);
  });
}

/** Name of the volume that the API server adds for the token, whose end is random. */
function tokenVolumeName(spec: JsonRecord): string | undefined {
  const { volumes } = spec;
  if (!Array.isArray(volumes)) return undefined;
  for (const volume of volumes) {
    const name: unknown = isRecord(volume) ? volume.name : undefined;
    if (typeof name === "string" && /^kube-api-access-[a-z0-9]{5}$/.test(name)) return name;
  }
  return undefined;
}

function podAddresses(status: JsonRecord): readonly string[] {
  const addresses = recordsOf(status, "podIPs").map((entry) => textOf(entry, "ip"));
  const known = addresses.filter((address) => address !== "");
  if (known.length > 0) return known;
  const single = optionalText(status, "podIP");
  return single === undefined ? [] : [single];
}

function imageIds(status: JsonRecord): Pod["imageIds"] {
  return (["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"] as const)
    .flatMap((list) => recordsOf(status, list))
    .map((container) => [textOf(container, "name"), textOf(container, "imageID")] as const)
    .filter(([, imageId]) => imageId !== "")
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
