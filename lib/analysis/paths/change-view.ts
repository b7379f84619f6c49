import { stringify } from "yaml";
import type { ChangeView } from "../../contracts/paths.ts";
import type { Change } from "../../engines/escalation/index.ts";
import { withoutHostAccess, type WorkloadObjects } from "./host-access-edit.ts";
import { withoutToken } from "./token-mount-edit.ts";
import { quoted } from "./shell-word.ts";
import type { AccessModel } from "../../engines/rbac/index.ts";
import { formatObject, type ObjectRef } from "../../model/object-ref.ts";
import { ruleText, shortRule } from "../rule-words.ts";

const SHOWN_RULES = 8;
/** A setting: no object of RBAC is changed, and nobody loses a right. */
const SETTING = { note: null, object: null, ruleIndex: null, takesAway: { rules: [], ruleCount: 0, subjects: 0 } };

/** A change of a cut: what to do, the exact command or YAML, and what else it takes away. */
export function changeView(change: Change, model: AccessModel, objects: WorkloadObjects): ChangeView {
  const { type } = change;
  switch (change.type) {
    case "binding":
      return { type, ...removedBinding(change.binding, model) };
    case "rule":
      return { type, ...removedRule(change.role, change.rule, model) };
    case "automount":
      return {
        type,
        title: `Mount no token of ${change.namespace}/${change.account} in its pods`,
        ...SETTING,
        ...withoutToken(change, objects),
      };
    case "pod-security":
      return {
        type,
        title: `Enforce the Pod Security level ${change.level} in ${change.namespace}`,
        how: shell(
          `kubectl label namespace ${quoted(change.namespace)} pod-security.kubernetes.io/enforce=${change.level} --overwrite`,
        ),
        ...SETTING,
      };
    case "host-access":
      return { type, ...SETTING, ...withoutHostAccess(change, objects) };
    case "token-secret":
      return {
        type,
        title: `Delete the token Secret ${change.namespace}/${change.secret}`,
        how: shell(`kubectl delete secret ${quoted(change.secret)} -n ${quoted(change.namespace)}`),
        ...SETTING,
      };
    case "cloud-annotation":
      return {
        type,
        title: `Take the cloud role away from ${change.namespace}/${change.account}`,
        how: shell(`kubectl edit serviceaccount ${quoted(change.account)} -n ${quoted(change.namespace)}`),
        ...SETTING,
      };
  }
}

function removedBinding(position: number, model: AccessModel): Omit<ChangeView, "type"> {
  const binding = model.bindings[position];
  if (!binding) throw new RangeError(`no binding ${position}`);
  const rules = (model.roles[binding.role]?.object.rules ?? []).map(ruleText);
  return {
    title: `Remove the ${formatObject(binding.ref)}`,
    how: shell(
      `kubectl delete ${binding.ref.kind.toLowerCase()} ${quoted(binding.ref.name)}${inNamespace(binding.ref)}`,
    ),
    note: null,
    object: binding.ref,
    ruleIndex: null,
    takesAway: { rules: rules.slice(0, SHOWN_RULES), ruleCount: rules.length, subjects: binding.subjects.length },
  };
}

function removedRule(position: number, rule: number, model: AccessModel): Omit<ChangeView, "type"> {
  const role = model.roles[position];
  const removed = role?.object.rules[rule];
  if (!role || !removed) throw new RangeError(`no rule ${rule} in role ${position}`);
  const subjects = new Set((model.bindingsOfRole[position] ?? []).flatMap((id) => model.bindings[id]?.subjects ?? []));
  return {
    title: `Remove a rule of the ${formatObject(role.ref)}: ${ruleText(removed)}`,
    how: {
      language: "yaml",
      text: stringify({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: role.ref.kind,
        metadata: {
          name: role.ref.name,
          ...(role.ref.namespace === undefined ? {} : { namespace: role.ref.namespace }),
        },
        rules: role.object.rules.filter((_, index) => index !== rule).map(shortRule),
      }),
    },
    note: null,
    object: role.ref,
    ruleIndex: rule,
    takesAway: { rules: [ruleText(removed)], ruleCount: 1, subjects: subjects.size },
  };
}

function inNamespace({ namespace }: ObjectRef): string {
  return namespace === undefined ? "" : ` -n ${quoted(namespace)}`;
}

function shell(text: string): ChangeView["how"] {
  return { language: "shell", text };
}
