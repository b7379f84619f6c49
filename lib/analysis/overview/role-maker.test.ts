import { describe, expect, it } from "vitest";
import { DEFAULT_LABELS } from "#lib/testing/build-rbac.ts";
import { KNOWN_MAKERS } from "./known-makers.ts";
import { makerOf } from "./role-maker.ts";

describe("makerOf", () => {
  it.each([
    { name: "cluster-admin", labels: DEFAULT_LABELS, maker: "kubernetes" },
    { name: "cert-manager-view", labels: DEFAULT_LABELS, maker: "kubernetes" },
    { name: "cluster-admin", labels: [], maker: "yours" },
    { name: "system:anything", labels: [], maker: "yours" },
    { name: "cert-manager", labels: [], maker: "cert-manager" },
    { name: "cert-manager-controller-issuers", labels: [], maker: "cert-manager" },
    { name: "cert-managers", labels: [], maker: "yours" },
    { name: "my-cert-manager", labels: [], maker: "yours" },
    { name: "eks:addon-manager", labels: [], maker: "eks" },
    { name: "kubeadm:get-nodes", labels: [], maker: "kubeadm" },
    { name: "argo-cd-server", labels: [], maker: "argo-cd" },
    { name: "prod-argocd-server", labels: [["app.kubernetes.io/part-of", "argocd"]] as const, maker: "argo-cd" },
    { name: "x", labels: [["app.kubernetes.io/name", "velero"]] as const, maker: "velero" },
    { name: "x", labels: [["helm.sh/chart", "kube-prometheus-stack-61.3.2"]] as const, maker: "prometheus" },
    { name: "x", labels: [["app.kubernetes.io/name", "__proto__"]] as const, maker: "yours" },
    { name: "constructor", labels: [["helm.sh/chart", "constructor"]] as const, maker: "yours" },
    { name: "", labels: [], maker: "yours" },
  ])("$name with $labels is of $maker", ({ name, labels, maker }) => {
    expect(makerOf({ name, labels }).id).toBe(maker);
  });
});

describe("the known makers", () => {
  it("have ids of their own, in order, none of which means something else", () => {
    const ids = KNOWN_MAKERS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).not.toContain("kubernetes");
    expect(ids).not.toContain("yours");
  });

  it.each([
    { what: "prefix", of: KNOWN_MAKERS.flatMap(({ prefixes }) => prefixes) },
    { what: "app", of: KNOWN_MAKERS.flatMap(({ apps = [] }) => apps) },
  ])("share no $what", ({ of }) => {
    expect(of).toEqual([...new Set(of)]);
  });
});
