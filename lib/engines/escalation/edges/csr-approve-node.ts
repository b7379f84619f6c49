import { APPROVE_REQUEST, CREATE_REQUEST, onSigner } from "../certificate-requests.ts";
import type { EscalationEdge } from "../edge.ts";
import { nodeIdentityGains } from "../node-identity.ts";
import { activeIfAny } from "../role-rewriting.ts";

/** As for client certificates, with the signer of kubelets: the name must be that of a node. */
export const csrApproveNode: EscalationEdge = {
  id: "CSR_APPROVE_NODE",
  primitive: "R24",
  name: "issue node certificates",
  scope: "cluster",
  implies: ["CSR_APPROVE_NO_SIGNER"],
  effort: 2,
  needs: () => [onSigner("approve", "kube-apiserver-client-kubelet"), CREATE_REQUEST, APPROVE_REQUEST],
  gain: (_place, facts) => nodeIdentityGains(null, facts),
  state: (_place, facts) => activeIfAny(nodeIdentityGains(null, facts), "no pod is known on any node"),
  severity: () => "high",
  sentence: () => "can issue itself the certificate of any node: it may request and approve one",
  target: () => ({ label: "Acts as", title: "any node", detail: "with tokens and secrets of the pods on it" }),
  gives: "The identity of any node: tokens of the accounts its pods run as, and the Secrets these pods use.",
  precondition: "the controller manager signs requests of this signer, as it does unless told not to",
  fix: "Remove approve on the signer; the controller manager approves the certificates of nodes by itself.",
  technique: "T1649",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/",
};
