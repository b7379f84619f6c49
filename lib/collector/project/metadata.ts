import type { Label, Labels } from "#lib/model/labels.ts";
import type { ObjectMetadata, OwnerReference } from "#lib/model/metadata.ts";
import type { Interner } from "./interner.ts";
import type { JsonRecord } from "./values.ts";
import { isAllowedAnnotation } from "./annotations.ts";
import { InvalidObject, optionalBoolean, optionalText, recordOf, recordsOf, requiredText, textOf } from "./values.ts";

const NO_OWNERS: readonly OwnerReference[] = [];

/** What the projection of every kind works with. */
export interface ProjectionContext {
  readonly interner: Interner;
  /** Where namespaced objects go that name no namespace; by default `default`, as kubectl would send them. */
  readonly namespace?: string;
}

/**
 * Metadata of an object, cut down to the model.
 * @param namespaced  A namespaced object without namespace gets that of the context; the namespace of a cluster-scoped object is dropped.
 * @throws InvalidObject when the name is missing or a field has the wrong type.
 */
export function projectMetadata(object: JsonRecord, namespaced: boolean, context: ProjectionContext): ObjectMetadata {
  const { interner } = context;
  const metadata = recordOf(object, "metadata");
  const owners = recordsOf(metadata, "ownerReferences");
  const result: { -readonly [key in keyof ObjectMetadata]: ObjectMetadata[key] } = {
    name: requiredText(metadata, "name"),
    labels: interner.labels(textPairs(recordOf(metadata, "labels"), "metadata.labels")),
    annotations: projectAnnotations(metadata, interner),
    ownerReferences: owners.length === 0 ? NO_OWNERS : projectOwners(owners, interner),
  };
  if (namespaced)
    result.namespace = interner.text(optionalText(metadata, "namespace") ?? context.namespace ?? "default");
  const uid = optionalText(metadata, "uid");
  if (uid !== undefined) result.uid = uid;
  const createdAt = optionalText(metadata, "creationTimestamp");
  if (createdAt !== undefined) result.createdAt = interner.text(createdAt);
  const deletedAt = optionalText(metadata, "deletionTimestamp");
  if (deletedAt !== undefined) result.deletedAt = deletedAt;
  return result;
}

/** Pairs sorted by key; a value that is not text makes the object invalid, a null value counts as "". */
export function textPairs(record: JsonRecord, path: string): readonly Label[] {
  return Object.keys(record)
    .sort()
    .map((key) => {
      const value = record[key] ?? "";
      if (typeof value !== "string") throw new InvalidObject(`${path}[${key}]`);
      return [key, value];
    });
}

/** Allow-listed annotations only. Others are not even checked, so a huge or odd one does no harm. */
export function projectAnnotations(metadata: JsonRecord, interner: Interner): Labels {
  const annotations = recordOf(metadata, "annotations");
  const pairs: Label[] = [];
  for (const key of Object.keys(annotations)) {
    const value = annotations[key];
    if (typeof value === "string" && isAllowedAnnotation(key, value)) pairs.push([key, value]);
  }
  return interner.labels(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function projectOwners(owners: readonly JsonRecord[], interner: Interner): readonly OwnerReference[] {
  const projected = owners.map((owner) => ({
    apiVersion: interner.text(textOf(owner, "apiVersion")),
    kind: interner.text(textOf(owner, "kind")),
    name: textOf(owner, "name"),
    uid: textOf(owner, "uid"),
    controller: optionalBoolean(owner, "controller") ?? false,
  }));
  return interner.shared(`owners:${JSON.stringify(projected)}`, () => projected);
}
