import { certificateGains, onSigner, WRITE_REQUEST_STATUS } from "../certificate-requests.ts";
import type { EscalationEdge } from "../edge.ts";

/** The right to publish a certificate as the signer. The certificate itself must come from a key that the API server trusts. */
export const csrSign: EscalationEdge = {
  id: "CSR_SIGN",
  primitive: "R23",
  name: "sign as the signer",
  scope: "cluster",
  implies: [],
  effort: 3,
  needs: () => [onSigner("sign", "kube-apiserver-client"), WRITE_REQUEST_STATUS],
  gain: (_place, facts) => certificateGains(facts),
  state: () => ({ state: "latent", reason: "the key of the certificate authority for clients is needed as well" }),
  severity: () => "medium",
  sentence: () => "may publish client certificates as the signer of the cluster, given the signer's key",
  target: () => ({ label: "Lacks", title: "the signer's key", detail: "to issue certificates in any name" }),
  gives: "With the key of the signer, client certificates in any name; without it nothing.",
  precondition: "the key of the certificate authority",
  fix: "Remove sign on the signer from everything but the controller that holds its key.",
  technique: "T1649",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization",
};
