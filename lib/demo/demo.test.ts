import type { ClusterObject } from "#lib/model/metadata.ts";
import type { Severity } from "#lib/model/severity.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SPEC_PROJECTIONS } from "#lib/collector/project/spec-projections.ts";
import { cutToShape } from "#lib/collector/project/shape.ts";
import { clusterFacts, findEscalations } from "#lib/engines/escalation/index.ts";
import { compileAccess } from "#lib/engines/rbac/index.ts";
import { compareObjects } from "#lib/model/compare-objects.ts";
import { COLLECTIONS, KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { objectKey } from "#lib/model/object-ref.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { decodeSnapshot, encodeSnapshot } from "#lib/snapshot/index.ts";
import { DEMO_CLUSTERS, DEMO_HISTORY_DAYS, makeDemoSnapshot } from "./index.ts";

const NOW = new Date("2026-11-23T19:00:00Z");
const snapshots = new Map<string, ClusterSnapshot>();

function demo(name: string, day = 0): ClusterSnapshot {
  const key = `${name} ${day}`;
  const snapshot = snapshots.get(key) ?? makeDemoSnapshot(name, { now: NOW, day });
  snapshots.set(key, snapshot);
  return snapshot;
}

const digests = new WeakMap<ClusterSnapshot, { readonly header: string; readonly chunks: readonly string[] }>();

/** Stands for the stored text, which is too long to be compared by `expect`. */
function digest(snapshot: ClusterSnapshot): { readonly header: string; readonly chunks: readonly string[] } {
  const known = digests.get(snapshot);
  if (known) return known;
  const { header, chunks } = encodeSnapshot(snapshot);
  const made = { header: hash("sha256", header), chunks: chunks.map(({ text }) => hash("sha256", text)) };
  digests.set(snapshot, made);
  return made;
}

it("names its clusters and refuses others", () => {
  expect(DEMO_CLUSTERS).toEqual([
    { name: "hardened", title: "harbor-prod" },
    { name: "messy", title: "bazaar-staging" },
    { name: "big", title: "atlas-fleet" },
  ]);
  expect(() => makeDemoSnapshot("__proto__", { now: NOW, day: 0 })).toThrow(
    expect.objectContaining({ code: "invalid_input" }),
  );
});

describe.each(DEMO_CLUSTERS.map(({ name }) => name))("%s", (name) => {
  it("is equal for equal arguments", () => {
    expect(digest(makeDemoSnapshot(name, { now: NOW, day: 0 }))).toEqual(digest(demo(name)));
  });

  it("has the same objects on a second scan of the day", () => {
    const later = makeDemoSnapshot(name, { now: new Date("2026-11-23T23:30:00Z"), day: 0 });
    expect(digest(later).chunks).toEqual(digest(demo(name)).chunks);
    expect(digest(later).header).not.toEqual(digest(demo(name)).header);
  });

  it("survives being stored", () => {
    expect(digest(decodeSnapshot(encodeSnapshot(demo(name))))).toEqual(digest(demo(name)));
  });

  it("keeps its objects sorted, each with its own identity", () => {
    for (const collection of COLLECTIONS) {
      const objects: readonly ClusterObject[] = demo(name).objects[collection];
      const keys = objects.map((object) => {
        const [group, kind] = "kind" in object && "group" in object ? [object.group, object.kind] : ["", collection];
        const { namespace, name: own } = object.metadata;
        return objectKey({
          group: String(group),
          kind: String(kind),
          name: own,
          ...(namespace === undefined ? {} : { namespace }),
        });
      });
      expect([collection, new Set(keys).size]).toEqual([collection, keys.length]);
      expect(objects.every((object, index) => compareObjects(objects[index - 1] ?? object, object) <= 0)).toBe(true);
    }
  });

  it("refers only to namespaces, accounts, nodes and owners that exist", () => {
    const { objects } = demo(name);
    const namespaces = new Set(objects.namespaces.map(({ metadata }) => metadata.name));
    const accounts = new Set(objects.serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    const nodes = new Set(objects.nodes.map(({ metadata }) => metadata.name));
    const owners = new Set([...objects.nodes, ...objects.workloads].map(({ metadata }) => metadata.uid));
    const lost = objects.pods.filter(
      ({ metadata, spec, nodeName }) =>
        !accounts.has(`${metadata.namespace}/${spec.serviceAccountName}`) ||
        !nodes.has(nodeName ?? "") ||
        !metadata.ownerReferences.every(({ uid }) => owners.has(uid)),
    );
    expect(lost).toEqual([]);
    const all: readonly ClusterObject[] = COLLECTIONS.flatMap(
      (collection): readonly ClusterObject[] => objects[collection],
    );
    expect(all.filter(({ metadata: { namespace } }) => namespace !== undefined && !namespaces.has(namespace))).toEqual(
      [],
    );
  });

  it("gives every pod of the cluster's network an address of its own", () => {
    const addresses = demo(name).objects.pods.flatMap(({ spec, podIPs }) => (spec.hostNetwork === true ? [] : podIPs));
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it("holds specifications in the form of the collector's projection", () => {
    for (const { collection } of KIND_DEFINITIONS) {
      for (const object of demo(name).objects[collection]) {
        if (!("version" in object) || object.kind === "ConfigMap") continue;
        const projection = SPEC_PROJECTIONS.get(`${object.group}/${object.kind}`) ?? {};
        const root = Object.entries(projection.root ?? {});
        const shape = projection.spec ?? { is: "fields" as const, fields: root };
        expect(cutToShape(object.spec, shape, "spec")).toEqual(object.spec);
        if (object.status === undefined) continue;
        expect(projection.status && cutToShape(object.status, projection.status, "status")).toEqual(object.status);
      }
    }
  });

  it("accounts for every kind once, with the number of its objects", () => {
    const { coverage, objects } = demo(name);
    const kinds = new Set(coverage.map(({ group, resource }) => `${group}/${resource}`));
    expect(kinds).toEqual(new Set(KIND_DEFINITIONS.map(({ group, resource }) => `${group}/${resource}`)));
    const total = COLLECTIONS.reduce((sum, collection) => sum + objects[collection].length, 0);
    expect(coverage.reduce((sum, entry) => sum + entry.objects, 0)).toBe(total);
  });

  it("has an upgrade in its history", () => {
    expect(demo(name, 1 - DEMO_HISTORY_DAYS).version).not.toEqual(demo(name).version);
  });
});

/** Subjects with what they could escalate, defaults of Kubernetes left out. */
function risks(
  snapshot: ClusterSnapshot,
): readonly { readonly text: string; readonly severity: Severity; readonly edge: string }[] {
  const model = compileAccess(snapshot);
  const escalations = findEscalations(model, { minor: 34, cluster: clusterFacts(snapshot) });
  return model.subjects.flatMap((subject, index) =>
    escalations
      .of(index)
      .filter(({ expected, inherited }) => !expected && !inherited)
      .map(({ edge, severity }) => ({ text: `${formatSubject(subject)} ${edge.id}`, severity, edge: edge.id })),
  );
}

describe("hardened", () => {
  it("is read back from the store as it was, object by object", () => {
    expect(decodeSnapshot(encodeSnapshot(demo("hardened")))).toEqual(demo("hardened"));
  });

  it("has 24 namespaces, complete coverage and at most two risks that are not low, none above medium, on every day", () => {
    expect(demo("hardened").objects.namespaces).toHaveLength(24);
    expect(gaps(demo("hardened"))).toEqual([]);
    for (let day = 1 - DEMO_HISTORY_DAYS; day <= 0; day += 1) {
      const found = risks(demo("hardened", day)).filter(({ severity }) => severity !== "low");
      expect(found.length).toBeLessThanOrEqual(2);
      expect(found.filter(({ severity }) => severity === "critical" || severity === "high")).toEqual([]);
    }
    const today = risks(demo("hardened")).filter(({ severity }) => severity !== "low");
    expect(today.map(({ text }) => text)).toEqual(["Group:oidc:oncall POD_EXEC"]);
  });

  it("denies by default in every namespace of a team", () => {
    const { namespaces, networkPolicies } = demo("hardened").objects;
    const denied = new Set(
      networkPolicies
        .filter(({ metadata }) => metadata.name === "default-deny")
        .map(({ metadata }) => metadata.namespace),
    );
    const teams = namespaces.filter(({ metadata }) => metadata.labels.some(([key]) => key === "team"));
    expect(teams.filter(({ metadata }) => !denied.has(metadata.name))).toEqual([]);
  });
});

describe("messy", () => {
  it("has the size of a grown cluster", () => {
    const { namespaces, pods, serviceAccounts } = demo("messy").objects;
    expect(namespaces).toHaveLength(38);
    expect(pods.length).toBeGreaterThan(950);
    expect(pods.length).toBeLessThan(1250);
    expect(serviceAccounts.length).toBeGreaterThan(270);
    expect(serviceAccounts.length).toBeLessThan(330);
  });

  it("shows the escalation edges that clusters have most", () => {
    const edges = risks(demo("messy")).map(({ edge }) => edge);
    expect(edges).toEqual(
      expect.arrayContaining([
        "CLUSTER_ADMIN",
        "NAMESPACE_ADMIN",
        "BIND_CLUSTER_ROLE",
        "BIND_CLUSTER_ROLE_IN_NAMESPACE",
        "IMPERSONATE_USER",
        "IMPERSONATE_SERVICE_ACCOUNT",
        "SECRETS_LIST",
        "POD_CREATE",
        "POD_CONTROLLER_CREATE",
        "POD_EXEC",
        "NODE_PROXY",
        "SERVICE_EXTERNAL_IP",
        "COREDNS_CONFIG_WRITE",
        "NETWORK_POLICY_WRITE",
      ]),
    );
  });

  it.each([
    "ServiceAccount:ci/deployer BIND_CLUSTER_ROLE",
    "ServiceAccount:release/promoter BIND_CLUSTER_ROLE",
    "ServiceAccount:monitoring/node-agent NODE_PROXY",
    "ServiceAccount:platform-operator/fleet-operator CLUSTER_ADMIN",
    "ServiceAccount:support-desk/support-tool IMPERSONATE_USER",
    "ServiceAccount:qa/test-runner IMPERSONATE_SERVICE_ACCOUNT",
    "ServiceAccount:backup/keeper SECRETS_LIST",
    "ServiceAccount:legacy-shop/sync SECRETS_LIST",
    "ServiceAccount:analytics/default SECRETS_LIST",
    "ServiceAccount:log-shipper/shipper POD_CREATE",
    "ServiceAccount:sandbox/default POD_CREATE",
    "ServiceAccount:onboarding/tenant-setup BIND_CLUSTER_ROLE_IN_NAMESPACE",
    "Group:developers POD_EXEC",
    "Group:payments-leads NAMESPACE_ADMIN",
    "Group:team-platform POD_CREATE",
  ])("has %s", (risk) => {
    expect(risks(demo("messy")).map(({ text }) => text)).toContain(risk);
  });

  it("has bindings to a role and to accounts that are gone, and unused roles", () => {
    const { roleBindings, clusterRoleBindings, clusterRoles, serviceAccounts } = demo("messy").objects;
    const bindings = [...roleBindings, ...clusterRoleBindings];
    const roles = new Set(clusterRoles.map(({ metadata }) => metadata.name));
    const dangling = bindings.filter(({ roleRef }) => roleRef.kind === "ClusterRole" && !roles.has(roleRef.name));
    expect(dangling.map(({ metadata }) => metadata.name)).toEqual(["old-reporting"]);
    const accounts = new Set(serviceAccounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    const missing = bindings.flatMap(({ subjects }) =>
      subjects.filter(
        ({ kind, namespace, name }) => kind === "ServiceAccount" && !accounts.has(`${namespace}/${name}`),
      ),
    );
    expect(missing.map(({ name }) => name)).toEqual(expect.arrayContaining(["old-runner", "encoder"]));
    const bound = new Set(bindings.map(({ roleRef }) => roleRef.name));
    expect([...roles].filter((role) => !bound.has(role))).toContain("helm-tiller");
  });

  it("has a rule on secrets in view by a label, and everyone in a binding", () => {
    const { clusterRoles, clusterRoleBindings } = demo("messy").objects;
    const view = clusterRoles.find(({ metadata }) => metadata.name === "view");
    expect(view?.rules.some(({ resources }) => resources.includes("secrets"))).toBe(true);
    const everyone = clusterRoleBindings.find(({ metadata }) => metadata.name === "everyone-reads-config");
    expect(everyone?.subjects).toMatchObject([{ kind: "Group", name: "system:authenticated" }]);
  });

  it("has hostile names, which change no prototype", () => {
    const { roleBindings, namespaces } = demo("messy").objects;
    const names = roleBindings.find(({ metadata }) => metadata.name === "__proto__")?.subjects.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "__proto__",
        "constructor",
        "<img src=x onerror=alert(1)>",
        "=cmd()",
        "mallory\u202Enimda",
      ]),
    );
    expect(namespaces.map(({ metadata }) => metadata.name)).toContain("constructor");
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("was not read completely", () => {
    expect(gaps(demo("messy"))).toEqual([
      "rolebindings forbidden in fraud",
      "mutatingwebhookconfigurations unavailable in the cluster",
    ]);
    expect(demo("messy").objects.roleBindings.filter(({ metadata }) => metadata.namespace === "fraud")).toEqual([]);
  });

  it("gains and loses risks over its history", () => {
    const days = Array.from({ length: DEMO_HISTORY_DAYS }, (_, index) => index + 1 - DEMO_HISTORY_DAYS);
    const texts = days.map((day) => new Set(risks(demo("messy", day)).map(({ text }) => text)));
    const changes = texts.slice(1).map((today, index) => {
      const before = texts[index] ?? new Set();
      return { opened: today.difference(before).size, closed: before.difference(today).size };
    });
    expect(changes.filter(({ opened }) => opened > 0).length).toBeGreaterThanOrEqual(4);
    expect(changes.filter(({ closed }) => closed > 0).length).toBeGreaterThanOrEqual(3);
  });
});

describe("big", () => {
  it("has its size exactly", () => {
    const { namespaces, serviceAccounts, pods, nodes, roleBindings } = demo("big").objects;
    const sizes = [namespaces, serviceAccounts, pods, nodes, roleBindings].map(({ length }) => length);
    expect(sizes).toEqual([400, 5000, 20_000, 600, 6000]);
    expect(gaps(demo("big"))).toEqual([]);
  });

  it("shares pod specifications and label sets in memory", () => {
    const { pods } = demo("big").objects;
    expect(new Set(pods.map(({ spec }) => spec)).size).toBeLessThan(5000);
    expect(new Set(pods.map(({ metadata }) => metadata.labels)).size).toBeLessThan(5000);
  });

  it("has a few large namespaces and many small ones", () => {
    const sizes = new Map<string, number>();
    for (const { metadata } of demo("big").objects.pods) {
      sizes.set(metadata.namespace ?? "", (sizes.get(metadata.namespace ?? "") ?? 0) + 1);
    }
    const sorted = [...sizes.values()].sort((a, b) => b - a);
    expect(sorted.slice(0, 40).reduce((a, b) => a + b, 0)).toBeGreaterThan(20_000 * 0.3);
  });

  it("has a handful of critical risks", () => {
    const found = risks(demo("big"));
    const critical = found.filter(({ severity }) => severity === "critical");
    expect(critical.length).toBeGreaterThanOrEqual(3);
    expect(critical.length).toBeLessThanOrEqual(8);
    expect(found.some(({ severity }) => severity === "high")).toBe(true);
    expect(found.some(({ severity }) => severity === "medium")).toBe(true);
  });
});

function gaps({ coverage }: ClusterSnapshot): readonly string[] {
  return coverage
    .filter(({ state }) => state !== "complete" && state !== "absent")
    .map(({ resource, state, namespace }) => `${resource} ${state} in ${namespace ?? "the cluster"}`);
}
