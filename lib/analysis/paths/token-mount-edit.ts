import type { ChangeView } from "../../contracts/paths.ts";
import { mountsTokenVolume } from "../../engines/escalation/index.ts";
import type { PodSpec, Workload } from "../../model/pod.ts";
import type { WorkloadObjects } from "./host-access-edit.ts";
import { quoted } from "./shell-word.ts";

const SHOWN = 5;
const OFF = { automountServiceAccountToken: false };

/**
 * The commands after which no pod of an account carries its token: what a pod says itself goes before what its account says, so workloads that ask
 * for the token are patched too. Where nothing can be patched (a pod of its own, a Job, a volume with the token) the note says what to take out.
 */
export function withoutToken(
  { namespace, account }: { readonly namespace: string; readonly account: string },
  { pods, workloads }: WorkloadObjects,
): Pick<ChangeView, "how" | "note"> {
  const place = `-n ${quoted(namespace)}`;
  const isOwn = (spec: PodSpec, of: string | undefined) => of === namespace && spec.serviceAccountName === account;
  const isOwned = ({ metadata }: Pick<Workload, "metadata">) =>
    metadata.ownerReferences.some(({ controller }) => controller);
  const tops = workloads.filter((top) => isOwn(top.template.spec, top.metadata.namespace) && !isOwned(top));
  const patched = tops.filter(
    ({ kind, template }) => kind !== "Job" && template.spec.automountServiceAccountToken === true,
  );
  const left = [
    ...tops
      .filter((top) => mountsTokenVolume(top.template.spec) || (asks(top.template.spec) && !patched.includes(top)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ...pods
      .filter((pod) => isOwn(pod.spec, pod.metadata.namespace) && !isOwned(pod) && asks(pod.spec))
      .map(({ metadata }) => `Pod ${metadata.name}`),
  ];
  const commands = [
    `kubectl patch serviceaccount ${quoted(account)} ${place} -p '${JSON.stringify(OFF)}'`,
    ...patched.map(
      ({ kind, metadata }) =>
        `kubectl patch ${kind.toLowerCase()} ${quoted(metadata.name)} ${place} -p '${JSON.stringify(patchOf(kind))}'`,
    ),
  ];
  const more = left.length > SHOWN ? ` and ${left.length - SHOWN} more` : "";
  return {
    how: { language: "shell", text: commands.join(" && ") },
    note:
      left.length === 0
        ? null
        : `These ask for the token themselves; take it out of their specification as well: ${left.slice(0, SHOWN).join(", ")}${more}`,
  };
}

function asks(spec: PodSpec): boolean {
  return spec.automountServiceAccountToken === true || mountsTokenVolume(spec);
}

function patchOf(kind: string): object {
  const template = { spec: { template: { spec: OFF } } };
  return kind === "CronJob" ? { spec: { jobTemplate: template } } : template;
}
