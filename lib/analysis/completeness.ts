import type { Completeness, GapView } from "../contracts/common.ts";
import type { AccessGap } from "../model/access.ts";
import type { CoverageEntry, Gap } from "../model/coverage.ts";
import { KIND_DEFINITIONS } from "../model/kinds.ts";
import type { Topic } from "../model/topics.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["skew", "pages come from different moments"],
  ["page-limit", "more pages than the limit"],
  ["byte-limit", "more data than the limit"],
  ["object-limit", "more objects than the limit"],
  ["object-too-large", "an object is larger than the limit"],
  ["deadline", "the scan ran out of time"],
  ["forbidden", "this credential may not list it"],
  ["unauthorized", "the credential was refused"],
  ["not-served", "the cluster does not serve it"],
  ["server-error", "the server answered with an error"],
  ["rate-limited", "the server asked to wait for too long"],
  ["timeout", "the server did not answer in time"],
  ["connection", "the connection broke"],
  ["bad-response", "the answer could not be read"],
  ["redirect", "the server answered with a redirect"],
  ["endless-list", "the list does not end"],
  ["invalid-objects", "some objects could not be read"],
  ["not-in-input", "it is not part of the input"],
]);

/** A gap with its sentence: `rolebindings in payments: this credential may not list it`. */
export function gapView(gap: Gap): GapView {
  const where = gap.namespace === undefined ? "" : ` in ${gap.namespace}`;
  const reason = (gap.reason && REASONS.get(gap.reason)) ?? gap.state;
  return { ...gap, sentence: `${gap.resource}${where}: ${reason}` };
}

/** The gap behind an access verdict, in words. */
export function accessGapView(gap: AccessGap): GapView {
  if (gap.type === "coverage") return gapView(gap.gap);
  if (gap.type === "node-authorizer")
    return { group: "", resource: "nodes", state: "unavailable", sentence: gap.detail };
  const { role, binding } = gap;
  const where = role.namespace === undefined ? "" : ` in ${role.namespace}`;
  return {
    group: role.group,
    resource: role.kind === "Role" ? "roles" : "clusterroles",
    ...(role.namespace === undefined ? {} : { namespace: role.namespace }),
    state: "unavailable",
    sentence: `${role.kind} ${role.name}${where}, bound by ${binding.name}, could not be read`,
  };
}

/** Completeness over the kinds that a topic needs, or over all kinds of all topics. A kind that the cluster does not serve counts as read. */
export function completenessOf(coverage: readonly CoverageEntry[], topic?: Topic): Completeness {
  const needed = KIND_DEFINITIONS.filter(({ topics }) =>
    topic === undefined ? topics.length > 0 : topics.includes(topic),
  );
  const gaps: GapView[] = [];
  let read = 0;
  for (const { group, resource, optional } of needed) {
    const entries = coverage.filter((entry) => entry.group === group && entry.resource === resource);
    const missing = entries.filter(({ state }) => state !== "complete" && state !== "absent");
    if (missing.length === 0 && (entries.length > 0 || optional)) read += 1;
    else if (entries.length === 0)
      gaps.push(gapView({ group, resource, state: "unavailable", reason: "not-in-input" }));
    for (const { namespace, state, reason } of missing) {
      if (state === "complete" || state === "absent") continue;
      gaps.push(
        gapView({
          group,
          resource,
          ...(namespace === undefined ? {} : { namespace }),
          state,
          ...(reason === undefined ? {} : { reason }),
        }),
      );
    }
  }
  return { kindsRead: read, kindsNeeded: needed.length, gaps };
}
