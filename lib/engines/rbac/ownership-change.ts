import type { Labels } from "../../model/labels.ts";
import type { LabelSelector } from "../../model/rbac.ts";
import type { Stored } from "./stored-object.ts";
import type { WrittenBinding, WrittenMetadata, WrittenObject, WrittenRole } from "./written-object.ts";

export type OwnershipOnly = "yes" | "no" | "unknown";

/**
 * Whether an update leaves everything as it is but owner references and finalizers, which is no escalation whoever does it. The
 * client must send back what the server keeps (`uid`, `resourceVersion`, `creationTimestamp`) and add nothing of that sort; else it is
 * another object.
 */
export function changesOwnershipOnly(object: WrittenObject, stored: Stored): OwnershipOnly {
  const { metadata } = object;
  if (stored.state === "missing" || metadata.uid === "" || metadata.resourceVersion === "") return "no";
  if (stored.state === "unread") return "unknown";
  const old = stored.object.metadata;
  if (metadata.uid !== old.uid) return "no";
  if (!sameTime(metadata.createdAt, old.createdAt) || !sameTime(metadata.deletedAt, old.deletedAt)) return "no";
  if (metadata.generation !== 0 || !samePairs(metadata.labels, old.labels)) return "no";
  if (metadata.deletionGracePeriodSeconds !== null && old.deletedAt === undefined) return "no";
  if (contentKey(object) !== contentKey(stored.object)) return "no";
  const annotations = sameAnnotations(metadata, old.annotations);
  // The snapshot does not keep from which generateName a name was made up.
  return annotations === "yes" && metadata.generateName !== "" ? "unknown" : annotations;
}

/** Two times of RFC 3339 that name the same instant; "" and undefined are no time. */
function sameTime(a: string, b = ""): boolean {
  return a === b || (a !== "" && b !== "" && Date.parse(a) === Date.parse(b));
}

/** Of annotations that the snapshot does not keep, only that they are there is known. */
function sameAnnotations({ annotations }: WrittenMetadata, old: Labels): OwnershipOnly {
  const sent = new Map(annotations);
  if (!old.every(([key, value]) => sent.get(key) === value)) return "no";
  return sent.size === old.length ? "yes" : "unknown";
}

function samePairs(a: Labels, b: Labels): boolean {
  const pairs = new Map(a);
  return pairs.size === b.length && b.every(([key, value]) => pairs.get(key) === value);
}

/** Equal for equal content: rules and selectors, or reference and subjects. */
function contentKey(
  object: Pick<WrittenRole, "rules" | "aggregationSelectors"> | Pick<WrittenBinding, "roleRef" | "subjects">,
): string {
  if ("roleRef" in object) {
    const subjects = object.subjects.map(({ kind, apiGroup, name, namespace = "" }) => [
      kind,
      apiGroup,
      name,
      namespace,
    ]);
    return JSON.stringify([referenceKey(object.roleRef), subjects]);
  }
  const rules = object.rules.map((rule) => [
    rule.verbs,
    rule.apiGroups,
    rule.resources,
    rule.resourceNames,
    rule.nonResourceURLs,
  ]);
  const selectors = selectorsOf(object).map(({ matchLabels, matchExpressions }) => [
    matchLabels,
    matchExpressions.map(({ key, operator, values }) => [key, operator, values]),
  ]);
  return JSON.stringify([rules, selectors]);
}

/** Selectors of an aggregated role; none for every other object. */
export function selectorsOf(
  object: Pick<WrittenRole, "rules" | "aggregationSelectors"> | Pick<WrittenBinding, "roleRef">,
): readonly LabelSelector[] {
  return "aggregationSelectors" in object ? (object.aggregationSelectors ?? []) : [];
}

export function referenceKey({ apiGroup, kind, name }: WrittenBinding["roleRef"]): string {
  return JSON.stringify([apiGroup, kind, name]);
}
