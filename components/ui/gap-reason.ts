import type { GapView } from "#lib/contracts/common.ts";

/** What was not read: "rolebindings in payments". */
export function gapName({ resource, namespace }: Pick<GapView, "resource" | "namespace">): string {
  return namespace === undefined ? resource : `${resource} in ${namespace}`;
}

/** Why, without the name in front of it: "this credential may not list it". */
export function gapReason(gap: Pick<GapView, "resource" | "namespace" | "sentence">): string {
  const name = `${gapName(gap)}: `;
  return gap.sentence.startsWith(name) ? gap.sentence.slice(name.length) : gap.sentence;
}
