import { readFile, readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Tags } from "yaml";
import { asItems, asRecord, asText } from "./json.ts";
import type { JsonRecord } from "./json.ts";

/** One object of a manifest, lists taken apart. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly object: JsonRecord;
}

export interface Manifests {
  readonly objects: readonly ManifestObject[];
  /** Files and documents that are no Kubernetes objects, each with the reason. */
  readonly unreadable: readonly { readonly source: string; readonly reason: string }[];
}

const EXTENSIONS = new Set([".yaml", ".yml", ".json"]);

/** Reads every manifest under the given files and folders, in the order of their paths. */
export async function loadManifests(paths: readonly string[]): Promise<Manifests> {
  const objects: ManifestObject[] = [];
  const unreadable: { source: string; reason: string }[] = [];
  for (const path of paths) {
    for (const file of await listFiles(path)) {
      const parsed = parseManifests(await readFile(file, "utf8"), file);
      objects.push(...parsed.objects);
      unreadable.push(...parsed.unreadable);
    }
  }
  return { objects, unreadable };
}

/** Parses multi-document YAML or JSON as kubectl does; `List` and typed lists are taken apart. Never throws. */
export function parseManifests(text: string, source = "manifest"): Manifests {
  const objects: ManifestObject[] = [];
  const unreadable: { source: string; reason: string }[] = [];
  const documents = parseAllDocuments(text, { version: "1.1", customTags: withoutDates, uniqueKeys: false });
  for (const document of Array.isArray(documents) ? documents : []) {
    const problem = document.errors[0];
    if (problem !== undefined) {
      unreadable.push({ source, reason: problem.message.split("\n", 1)[0] ?? "not YAML" });
      continue;
    }
    const value: unknown = document.toJS();
    if (value === null || value === undefined) continue; // an empty document between separators
    for (const object of flatten(asRecord(value))) {
      const described = describe(object);
      if (described === null) unreadable.push({ source, reason: "a document without apiVersion and kind" });
      else objects.push(described);
    }
  }
  return { objects, unreadable };
}

/** The API server reads YAML 1.1 without dates and times: `2024-01-01` and `10:30` stay text. */
function withoutDates(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === "string" || (tag.tag !== "tag:yaml.org,2002:timestamp" && tag.format !== "TIME"),
  );
}

/** Items of a typed list (`RoleList`) may leave out what the list's own kind says. */
function flatten(value: JsonRecord): readonly JsonRecord[] {
  const kind = asText(value["kind"]);
  if (!kind.endsWith("List") || !Array.isArray(value["items"])) return [value];
  const inherited = kind === "List" ? {} : { apiVersion: value["apiVersion"], kind: kind.slice(0, -"List".length) };
  return asItems(value["items"]).flatMap((item) => flatten({ ...inherited, ...item }));
}

function describe(object: JsonRecord): ManifestObject | null {
  const apiVersion = asText(object["apiVersion"]);
  const kind = asText(object["kind"]);
  if (apiVersion === "" || kind === "") return null;
  const metadata = asRecord(object["metadata"]);
  const namespace = asText(metadata["namespace"]);
  return {
    apiVersion,
    kind,
    name: asText(metadata["name"]),
    ...(namespace === "" ? {} : { namespace }),
    object: withoutServerFields(object, metadata),
  };
}

/** What `kubectl get` shows cannot be applied as it is: the server owns these fields. */
function withoutServerFields(object: JsonRecord, metadata: JsonRecord): JsonRecord {
  const { managedFields, resourceVersion, uid, creationTimestamp, generation, ...kept } = metadata;
  const { status, ...rest } = object;
  return { ...rest, metadata: kept };
}

async function listFiles(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && EXTENSIONS.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
