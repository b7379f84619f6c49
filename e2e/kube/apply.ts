import { setTimeout as delay } from "node:timers/promises";
import { discoverResources, kindKey, objectPath } from "./api-paths.ts";
import type { ApiResources } from "./api-paths.ts";
import type { ControlPlane } from "./control-plane.ts";
import { asItems, asRecord, asText } from "./json.ts";
import type { KubeResponse } from "./kube-client.ts";
import type { ManifestObject } from "./manifests.ts";
import { waitFor } from "./wait.ts";

const APPLY_QUERY = "fieldManager=kordon-test&force=true";
const RETRY_TIMEOUT_MS = 20_000;
const PARALLEL_REQUESTS = 8;

export interface ApplyOptions {
  /** Namespace of namespaced objects that name none; `default` unless told. */
  readonly defaultNamespace?: string;
}

/** An object that was not applied; `reason` is the server's own words. */
export interface SkippedObject {
  readonly object: string;
  readonly reason: string;
}

export interface ApplyResult {
  readonly applied: number;
  readonly skipped: readonly SkippedObject[];
}

/**
 * Applies objects by server-side apply: namespaces (those only mentioned are made too), then custom resource definitions
 * until they are established, then the rest in three waves, so that nothing meets a missing definition, role or service
 * account. Faults that pass, such as a service account the controllers have not made yet, are tried again for 20 s.
 * @returns How many objects are in the cluster now and which are not, with the reason; objects of kinds that the cluster
 *          does not serve are among these. Throws only when the server cannot be reached.
 */
export async function applyObjects(
  kube: ControlPlane,
  objects: readonly ManifestObject[],
  { defaultNamespace = "default" }: ApplyOptions = {},
): Promise<ApplyResult> {
  const skipped: SkippedObject[] = [];
  let applied = 0;
  let resources = await discoverResources(kube);
  const applyAll = async (wave: readonly ManifestObject[]) => {
    await inParallel(wave, async (object) => {
      const reason = await applyOne(kube, resources, object, defaultNamespace);
      if (reason === null) applied++;
      else skipped.push({ object: nameOf(object, defaultNamespace), reason });
    });
  };

  await createMissingNamespaces(kube, namespacesOf(objects, resources, defaultNamespace));
  const definitions = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  await applyAll(definitions);
  if (definitions.length > 0) {
    await waitForDefinitions(kube, definitions);
    resources = await discoverResources(kube);
  }
  for (const wave of [0, 1, 2]) await applyAll(objects.filter((object) => waveOf(object) === wave));
  return { applied, skipped };
}

/** Namespaces first, workloads and what builds on other objects last; definitions are applied before all waves. */
function waveOf({ kind, apiVersion }: ManifestObject): number {
  if (kind === "CustomResourceDefinition") return -1;
  if (kind === "Namespace") return 0;
  const isWorkload = ["apps/v1", "batch/v1"].includes(apiVersion) || kind === "Pod" || kind === "ReplicationController";
  return isWorkload ? 2 : 1;
}

function namespacesOf(objects: readonly ManifestObject[], resources: ApiResources, fallback: string): Set<string> {
  const names = new Set<string>();
  for (const { apiVersion, kind, namespace } of objects) {
    if (namespace !== undefined) names.add(namespace);
    else if (resources.get(kindKey(apiVersion, kind))?.namespaced !== false) names.add(fallback);
  }
  return names;
}

/** Creates the namespaces that do not exist yet; existing ones stay as they are. */
export async function createMissingNamespaces(kube: ControlPlane, names: Iterable<string>): Promise<void> {
  for (const name of names) {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    const { status, body } = await kube.request("POST", "/api/v1/namespaces", namespace);
    if (status !== 201 && status !== 409) throw new Error(`namespace ${name}: ${messageOf(body)}`);
  }
}

/** @returns null when the object is in the cluster, otherwise the reason why not. */
async function applyOne(
  kube: ControlPlane,
  resources: ApiResources,
  { apiVersion, kind, name, namespace, object }: ManifestObject,
  defaultNamespace: string,
): Promise<string | null> {
  const resource = resources.get(kindKey(apiVersion, kind));
  if (resource === undefined) return `the cluster does not serve ${apiVersion} ${kind}`;
  const inNamespace = namespace ?? defaultNamespace;
  const send = (): Promise<KubeResponse> =>
    name === ""
      ? kube.request("POST", objectPath(resource, inNamespace), object) // metadata.generateName
      : kube.request("PATCH", `${objectPath(resource, inNamespace, name)}?${APPLY_QUERY}`, JSON.stringify(object));
  const deadline = Date.now() + RETRY_TIMEOUT_MS;
  for (;;) {
    const { status, body } = await send();
    if (status < 300) return null;
    if (!mayPass(status, body) || Date.now() > deadline) return messageOf(body);
    await delay(500);
  }
}

/** Whether the same request can succeed a little later. */
function mayPass(status: number, body: unknown): boolean {
  if (status === 409 || status === 429 || status >= 500) return true;
  return status === 403 && /serviceaccount ".*" not found|error looking up service account/.test(messageOf(body));
}

async function waitForDefinitions(kube: ControlPlane, definitions: readonly ManifestObject[]): Promise<void> {
  const wanted = new Set(definitions.map(({ name }) => name));
  await waitFor("custom resource definitions are established", RETRY_TIMEOUT_MS, async () => {
    const { body } = await kube.request("GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
    const waiting = asItems(asRecord(body)["items"]).filter(
      (item) => wanted.has(asText(asRecord(item["metadata"])["name"])) && !isEstablished(item),
    );
    return waiting.length === 0 ? true : null;
  });
}

function isEstablished(definition: Readonly<Record<string, unknown>>): boolean {
  const conditions = asItems(asRecord(definition["status"])["conditions"]);
  return conditions.some(({ type, status }) => type === "Established" && status === "True");
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const runner = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, runner));
}

function messageOf(body: unknown): string {
  const message = asText(asRecord(body)["message"]);
  return message === "" ? String(body).slice(0, 200) : message;
}

const nameOf = ({ kind, name, namespace }: ManifestObject, fallback: string) =>
  `${kind} ${namespace ?? fallback}/${name}`;
