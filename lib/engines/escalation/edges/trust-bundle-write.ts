import { namedOr, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

/** A bundle that names a signer needs `attest` on it too; one that names none needs nothing else. */
export const trustBundleWrite: EscalationEdge = {
  id: "TRUST_BUNDLE_WRITE",
  primitive: "R26",
  name: "change trust bundles",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], "certificates.k8s.io", ["clustertrustbundles"])],
  applies: (_place, { cluster }) => cluster.serves("certificates.k8s.io", "clustertrustbundles") !== false,
  gain: () => ({ type: "none" }),
  severity: () => "medium",
  sentence: (place) =>
    `may change which certificate authorities workloads trust, in ${namedOr("any trust bundle", place, "the trust bundle")}`,
  target: () => ({ label: "Poisons", title: "trust bundles", detail: "of workloads that mount them" }),
  gives:
    "Certificate authorities of its own in the bundles that workloads mount, and with them a place between these and their servers.",
  precondition: "workloads mount a bundle that it may change",
  fix: "Leave trust bundles to one controller, and limit update with resourceNames.",
  technique: "T1553.004",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#cluster-trust-bundles",
};
