import { describe, expect, it } from "vitest";
import { aContainer, anOwner, aPod, aWorkload } from "#lib/testing/build-pods.ts";
import { aMetadata, aServiceAccount } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { clusterFacts } from "./cluster-facts.ts";

describe("clusterFacts", () => {
  it("takes pods that are not over, with what code in them has", () => {
    const over = { ...aPod("shop", "done"), phase: "Succeeded" };
    const facts = clusterFacts(
      aSnapshot({
        serviceAccounts: [{ ...aServiceAccount("shop", "quiet"), automountServiceAccountToken: false }],
        pods: [aPod("shop", "web-0"), aPod("shop", "quiet-0", { spec: { serviceAccountName: "quiet" } }), over],
      }),
    );
    expect(facts.podsIn("shop")).toMatchObject([
      { name: "quiet-0", account: "quiet", tokenMounted: false, node: "node-1", hostAccess: null },
      { name: "web-0", account: "default", tokenMounted: true },
    ]);
    expect(facts.podsOn("node-1")).toHaveLength(2);
    expect(facts.podsIn("payments")).toEqual([]);
  });

  it("takes the templates of workloads where no pod is known, as in manifests", () => {
    const workloads = [
      aWorkload("Deployment", "shop", "web", { spec: { serviceAccountName: "web" } }),
      aWorkload("Deployment", "shop", "off", { replicas: 0 }),
    ];
    expect(clusterFacts(aSnapshot({ workloads })).pods).toMatchObject([{ name: "web", account: "web", node: null }]);
    const running = clusterFacts(aSnapshot({ workloads, pods: [aPod("shop", "other-0")] }));
    expect(running.pods.map(({ name }) => name)).toEqual(["other-0"]);
  });

  it("takes them in manifests beside pods too, but not of workloads whose pods are there", () => {
    const ofReplicas = {
      ...aPod("shop", "web-1-x"),
      metadata: aMetadata({ namespace: "shop", name: "web-1-x", ownerReferences: [anOwner("ReplicaSet", "web-1")] }),
    };
    const replicas = aWorkload("ReplicaSet", "shop", "web-1");
    const snapshot = aSnapshot({
      pods: [aPod("shop", "other-0"), ofReplicas],
      workloads: [
        aWorkload("Deployment", "shop", "web"),
        { ...replicas, metadata: { ...replicas.metadata, ownerReferences: [anOwner("Deployment", "web")] } },
        aWorkload("Deployment", "shop", "new"),
        aWorkload("Deployment", "shop", "off", { replicas: 0 }),
      ],
    });
    const facts = clusterFacts({ ...snapshot, source: { type: "manifests", files: 1, documents: 6 } });
    expect(facts.pods.map(({ name }) => name)).toEqual(["other-0", "web-1-x", "new"]);
  });

  it.each([
    { audience: undefined, mounted: true },
    { audience: "https://kubernetes.default.svc", mounted: true },
    { audience: "vault", mounted: false },
    { audience: "sts.amazonaws.com", mounted: false },
  ])("a projected token for $audience is one for the API server: $mounted", ({ audience, mounted }) => {
    const source = { type: "serviceAccountToken" as const, ...(audience === undefined ? {} : { audience }) };
    const spec = {
      automountServiceAccountToken: false,
      volumes: [{ name: "token", type: "projected", projected: [source] }],
    };
    expect(clusterFacts(aSnapshot({ pods: [aPod("shop", "web-0", { spec })] })).pods).toMatchObject([
      { tokenMounted: mounted },
    ]);
  });

  it.each([
    { labels: [], level: "privileged" },
    { labels: [["pod-security.kubernetes.io/enforce", "baseline"]] as const, level: "baseline" },
    { labels: [["pod-security.kubernetes.io/enforce", "restricted"]] as const, level: "restricted" },
    { labels: [["pod-security.kubernetes.io/enforce", "nonsense"]] as const, level: "restricted" },
    { labels: [["pod-security.kubernetes.io/warn", "restricted"]] as const, level: "privileged" },
  ])("reads the level $level from $labels", ({ labels, level }) => {
    const facts = clusterFacts(aSnapshot({ namespaces: [{ metadata: aMetadata({ name: "shop", labels }) }] }));
    expect(facts.podSecurity("shop")).toBe(level);
  });

  it("knows token Secrets that accounts list by their name, those that manifests declare, and cloud roles by annotation", () => {
    const account = aServiceAccount("shop", "web");
    const facts = clusterFacts(
      aSnapshot({
        serviceAccounts: [
          {
            ...account,
            metadata: aMetadata({
              ...account.metadata,
              annotations: [["eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/backup"]],
            }),
            secrets: ["web-token-x7k2p", "pull", "other-token-1"],
            tokenSecrets: ["forever", "web-token-x7k2p"],
          },
        ],
      }),
    );
    expect(facts.accountsIn("shop")).toEqual([
      {
        namespace: "shop",
        name: "web",
        tokenSecrets: ["web-token-x7k2p", "forever"],
        cloudRoles: ["AWS arn:aws:iam::1:role/backup"],
      },
    ]);
  });

  it.each([
    { image: "quay.io/argoproj/argocd:v3.1", found: true },
    { image: "argoproj/argocd", found: true },
    { image: "localhost:5000/mirror/argoproj/argocd@sha256:abc", found: true },
    { image: "argoproj/argocd-0123456789abcdef0123456789abcdef:v3", found: true },
    { image: "evil/argocd:v3", found: false },
    { image: "quay.io/argoproj/argocd-image-updater:1", found: false },
  ])("finds accounts by the repository of an image: $image", ({ image, found }) => {
    const pods = [aPod("argocd", "c-0", { spec: { serviceAccountName: "c", containers: [aContainer({ image })] } })];
    const facts = clusterFacts(aSnapshot({ pods }));
    expect(facts.accountsRunning(["argoproj/argocd"])).toEqual(found ? [{ namespace: "argocd", name: "c" }] : []);
  });

  it("does not know the level of a namespace that could not be read, and takes one that manifests leave out for unlabelled", () => {
    const pods = [aPod("shop", "web-0")];
    expect(clusterFacts(aSnapshot({ namespaces: [], pods })).podSecurity("shop")).toBe("privileged");
    const unread = aSnapshot({ namespaces: [], pods, gaps: [{ resource: "namespaces", state: "forbidden" }] });
    expect(clusterFacts(unread).podSecurity("shop")).toBe("unknown");
    expect(clusterFacts(unread).namespaces).toEqual(["shop"]);
  });

  it("says where pods may be missing", () => {
    const facts = clusterFacts(
      aSnapshot({ gaps: [{ resource: "pods", namespace: "shop", state: "forbidden", reason: "forbidden" }] }),
    );
    expect([facts.podsUnread("shop"), facts.podsUnread("payments")]).toEqual([true, false]);
  });

  it.each([
    { state: "forbidden", missing: true },
    { state: "partial", missing: true },
    { state: "stale", missing: true },
    { state: "unavailable", missing: true },
    { state: "complete", missing: false },
    { state: "absent", missing: false },
  ] as const)("says where objects of any kind may be missing: $state", ({ state, missing }) => {
    const entry = { group: "apps", resource: "deployments", kind: "Deployment", objects: 0, state };
    const everywhere = clusterFacts({ ...aSnapshot(), coverage: [entry] });
    expect(everywhere.unread("apps", "deployments", null)).toBe(missing);
    expect(everywhere.unread("", "deployments", null)).toBe(false);
    expect(everywhere.unread("apps", "daemonsets", null)).toBe(false);
    const { unread } = clusterFacts({ ...aSnapshot(), coverage: [{ ...entry, namespace: "shop" }] });
    expect(["shop", "payments", null].map((name) => unread("apps", "deployments", name))).toEqual([
      missing,
      false,
      missing,
    ]);
  });
});
