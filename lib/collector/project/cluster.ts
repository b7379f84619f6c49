import type { Namespace, Node } from "#lib/model/cluster-objects.ts";
import type { ProjectionContext } from "./metadata.ts";
import type { JsonRecord } from "./values.ts";
import { optional } from "./container.ts";
import { projectMetadata } from "./metadata.ts";
import { optionalBoolean, optionalText, recordOf, recordsOf, textOf, textsOf } from "./values.ts";

const NAME_LABEL = "kubernetes.io/metadata.name";

/** A namespace. The name label, which the API server always sets, is added where the input lacks it. */
export function projectNamespace(object: JsonRecord, context: ProjectionContext): Namespace {
  const metadata = projectMetadata(object, false, context);
  const others = metadata.labels.filter(([key]) => key !== NAME_LABEL);
  const named = [...others, [NAME_LABEL, metadata.name] as const].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    metadata: { ...metadata, labels: context.interner.labels(named) },
    ...optional("phase", optionalText(recordOf(object, "status"), "phase")),
  };
}

export function projectNode(object: JsonRecord, context: ProjectionContext): Node {
  const { interner } = context;
  const spec = recordOf(object, "spec");
  const status = recordOf(object, "status");
  const info = recordOf(status, "nodeInfo");
  const fact = <K extends string>(key: K): { readonly [name in K]?: string } => {
    const value = optionalText(info, key);
    return optional(key, value && interner.text(value));
  };
  const podCIDR = optionalText(spec, "podCIDR");
  const podCIDRs = textsOf(spec, "podCIDRs");
  return {
    metadata: projectMetadata(object, false, context),
    addresses: recordsOf(status, "addresses").map((entry) => ({
      type: interner.text(textOf(entry, "type")),
      address: textOf(entry, "address"),
    })),
    podCIDRs: podCIDRs.length === 0 && podCIDR !== undefined ? [podCIDR] : podCIDRs,
    taints: recordsOf(spec, "taints").map((taint) => ({
      key: interner.text(textOf(taint, "key")),
      ...optional("value", optionalText(taint, "value")),
      effect: interner.text(textOf(taint, "effect")),
    })),
    unschedulable: optionalBoolean(spec, "unschedulable") ?? false,
    ...optional("ready", readiness(status)),
    info: {
      ...fact("kubeletVersion"),
      ...fact("kubeProxyVersion"),
      ...fact("containerRuntimeVersion"),
      ...fact("kernelVersion"),
      ...fact("osImage"),
      ...fact("operatingSystem"),
      ...fact("architecture"),
    },
    ...optional("providerId", optionalText(spec, "providerID")),
  };
}

/** Undefined when the node has no Ready condition. */
function readiness(status: JsonRecord): boolean | undefined {
  const condition = recordsOf(status, "conditions").find((entry) => entry.type === "Ready");
  return condition === undefined ? undefined : condition.status === "True";
}
