/**
 * Records what every cluster of one version has from the start: the default RBAC objects and the API's resources.
 * Usage: KUBEBUILDER_ASSETS=DIR node e2e/kube/record-defaults.ts; writes lib/data/bootstrap-rbac.json and api-resources.json.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { asItems, asRecord, asText } from "./json.ts";
import type { JsonRecord } from "./json.ts";
import { waitForAggregatedRoles } from "./wait.ts";

const DATA_DIR = new URL("../../lib/data/", import.meta.url);
const BOOTSTRAP_SELECTOR = "labelSelector=kubernetes.io%2Fbootstrapping%3Drbac-defaults";
const RBAC_KINDS = [
  ["clusterRoles", "clusterroles"],
  ["clusterRoleBindings", "clusterrolebindings"],
  ["roles", "roles"],
  ["roleBindings", "rolebindings"],
] as const;
/** What is kept of an RBAC object beside its name and namespace, in this order. */
const RBAC_FIELDS = ["aggregationRule", "rules", "roleRef", "subjects"] as const;
const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** Plain code point order: the same on every machine, whatever its locale. */
const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

async function recordRbac(kube: ControlPlane): Promise<string> {
  const lists: string[] = [];
  for (const [key, resource] of RBAC_KINDS) {
    const { status, body } = await kube.request(
      "GET",
      `/apis/rbac.authorization.k8s.io/v1/${resource}?${BOOTSTRAP_SELECTOR}`,
    );
    if (status !== 200) throw new Error(`${resource}: HTTP ${String(status)}`);
    const objects = asItems(asRecord(body)["items"]).map(projectRbacObject);
    objects.sort((a, b) => byText(a.namespace ?? "", b.namespace ?? "") || byText(a.name, b.name));
    lists.push(`"${key}":${formatRows(objects)}`);
  }
  return `{\n${header(kube)},\n${lists.join(",\n")}\n}\n`;
}

function projectRbacObject(object: JsonRecord) {
  const metadata = asRecord(object["metadata"]);
  const labels = Object.entries(asRecord(metadata["labels"])).sort(([a], [b]) => byText(a, b));
  return {
    name: asText(metadata["name"]),
    ...(metadata["namespace"] === undefined ? {} : { namespace: asText(metadata["namespace"]) }),
    labels,
    ...Object.fromEntries(
      RBAC_FIELDS.filter((field) => object[field] !== undefined && object[field] !== null).map((field) => [
        field,
        object[field],
      ]),
    ),
  };
}

interface RecordedResource {
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly versions: string[];
}

async function recordResources(kube: ControlPlane): Promise<string> {
  const groups = [];
  for (const path of ["/api", "/apis"]) {
    const { status, body } = await kube.get(path, DISCOVERY);
    if (status !== 200) throw new Error(`${path}: HTTP ${String(status)}`);
    for (const group of asItems(asRecord(body)["items"])) groups.push(recordGroup(group));
  }
  groups.sort((a, b) => byText(a.group, b.group));
  const rows = groups.map(
    ({ resources, ...rest }) => `${JSON.stringify(rest).slice(0, -1)},"resources":${formatRows(resources)}}`,
  );
  return `{\n${header(kube)},\n"groups":[\n${rows.join(",\n")}\n]\n}\n`;
}

/** One row per resource and subresource; kind and verbs as the most preferred version that serves it says. */
function recordGroup(group: JsonRecord) {
  const resources = new Map<string, RecordedResource>();
  const versions = asItems(group["versions"]);
  for (const version of versions) {
    const versionName = asText(version["version"]);
    for (const resource of asItems(version["resources"])) {
      const name = asText(resource["resource"]);
      const namespaced = resource["scope"] === "Namespaced";
      addResource(resources, name, namespaced, resource, versionName);
      for (const subresource of asItems(resource["subresources"])) {
        addResource(resources, `${name}/${asText(subresource["subresource"])}`, namespaced, subresource, versionName);
      }
    }
  }
  const served = versions.map((version) => asText(version["version"]));
  return {
    group: asText(asRecord(group["metadata"])["name"]),
    preferredVersion: served[0] ?? "",
    versions: served,
    resources: [...resources.values()].sort((a, b) => byText(a.resource, b.resource)),
  };
}

function addResource(
  resources: Map<string, RecordedResource>,
  name: string,
  namespaced: boolean,
  entry: JsonRecord,
  version: string,
): void {
  const known = resources.get(name);
  if (known !== undefined) {
    known.versions.push(version);
    return;
  }
  const verbs = Array.isArray(entry["verbs"]) ? entry["verbs"].map(asText).sort(byText) : [];
  const kind = asText(asRecord(entry["responseKind"])["kind"]);
  resources.set(name, { resource: name, kind, namespaced, verbs, versions: [version] });
}

function header({ version, components }: ControlPlane): string {
  const recordedFrom = `kube-apiserver ${version} with ${components.present.join(", ")}, by e2e/kube/record-defaults.ts`;
  return `"header":${JSON.stringify({ recordedFrom, kubernetesVersion: version })}`;
}

/** One object per line: compact, and still readable as a difference. */
function formatRows(rows: readonly unknown[]): string {
  return rows.length === 0 ? "[]" : `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`;
}

const kube = await startControlPlane({
  components: { "kube-controller-manager": true, "kube-scheduler": false, kwok: false },
});
try {
  await waitForAggregatedRoles(kube);
  const [rbac, resources] = [await recordRbac(kube), await recordResources(kube)];
  await mkdir(DATA_DIR, { recursive: true });
  await writeFile(new URL("bootstrap-rbac.json", DATA_DIR), rbac);
  await writeFile(new URL("api-resources.json", DATA_DIR), resources);
  process.stdout.write(`recorded ${kube.version} in lib/data\n`);
} finally {
  await kube.stop();
}
