import type { ApiResource, ClusterSnapshot, SnapshotObjects } from "#lib/model/snapshot.ts";
import type { Blindness } from "./coverage.ts";
import type { ClusterDraft } from "./draft.ts";
import { SNAPSHOT_FORMAT_VERSION } from "#lib/model/snapshot.ts";
import { defaultApiResources } from "./builders/default-rbac.ts";
import { coverageOf } from "./coverage.ts";
import { hashOf } from "./random.ts";

const SEES_ALL: Blindness = { forbidden: new Map(), unavailable: new Set() };
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"] as const;

/** Who the snapshot is of. */
export interface ClusterIdentity {
  /** Name of the demo cluster, as on the command line. */
  readonly name: string;
  readonly title: string;
  readonly host: string;
}

/** The finished snapshot of a drafted cluster. What `blindness` hides is left out of the objects too. */
export function toSnapshot(
  draft: ClusterDraft,
  { name, title, host }: ClusterIdentity,
  blindness: Blindness = SEES_ALL,
): ClusterSnapshot {
  const { calendar, version } = draft;
  const objects = hide(draft.objects(), blindness);
  const apiResources = [...defaultApiResources(), ...customResources(objects)];
  const [major = "", minor = ""] = version.replace("v", "").split(".");
  return {
    formatVersion: SNAPSHOT_FORMAT_VERSION,
    clusterName: title,
    source: { type: "demo", name },
    collectedAt: calendar.collectedAt,
    durationMs: 1500 + Math.round(objects.pods.length / 4) + (hashOf(calendar.collectedAt) % 700),
    version: { gitVersion: version, major, minor, platform: "linux/amd64" },
    apiResources,
    apiServer: {
      serviceAccountIssuer: "https://kubernetes.default.svc.cluster.local",
      servingCertificate: {
        subject: "CN=kube-apiserver",
        issuer: "CN=kubernetes",
        notBefore: calendar.fromToday(-200),
        notAfter: calendar.fromToday(165),
        names: ["kubernetes", "kubernetes.default.svc.cluster.local", host],
      },
      tlsVersion: "TLSv1.3",
    },
    coverage: coverageOf(objects, apiResources, calendar.collectedAt, blindness),
    skipped: [],
    assumptions: [],
    objects,
  };
}

function hide(objects: SnapshotObjects, { forbidden, unavailable }: Blindness): SnapshotObjects {
  const hidden = forbidden.get("rolebindings");
  return {
    ...objects,
    roleBindings: objects.roleBindings.filter(({ metadata }) => metadata.namespace !== hidden),
    webhookConfigurations: objects.webhookConfigurations.filter(
      ({ kind }) => kind !== "MutatingWebhookConfiguration" || !unavailable.has("mutatingwebhookconfigurations"),
    ),
  };
}

/** What discovery says of the custom resources that the cluster defines. */
function customResources({ customResourceDefinitions }: SnapshotObjects): readonly ApiResource[] {
  return customResourceDefinitions.flatMap(({ spec }) => {
    const { group, scope, names, versions } = spec as unknown as DefinitionSpec; // written by `addDefinition`
    return versions.map(({ name }) => ({
      group,
      version: name,
      resource: names.plural,
      kind: names.kind,
      namespaced: scope === "Namespaced",
      verbs: ALL_VERBS,
    }));
  });
}

interface DefinitionSpec {
  readonly group: string;
  readonly scope: string;
  readonly names: { readonly kind: string; readonly plural: string };
  readonly versions: readonly { readonly name: string }[];
}
