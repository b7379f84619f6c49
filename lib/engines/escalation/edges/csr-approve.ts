import { APPROVE_REQUEST, certificateGains, CREATE_REQUEST, onSigner } from "../certificate-requests.ts";
import type { EscalationEdge } from "../edge.ts";

/** Three rights together: ask for a certificate, approve the request, and be allowed to approve for the signer of client certificates. */
export const csrApprove: EscalationEdge = {
  id: "CSR_APPROVE",
  primitive: "R22",
  name: "issue client certificates",
  scope: "cluster",
  implies: ["CSR_APPROVE_NODE", "CSR_APPROVE_NO_SIGNER"],
  effort: 2,
  needs: () => [onSigner("approve", "kube-apiserver-client"), CREATE_REQUEST, APPROVE_REQUEST],
  gain: (_place, facts) => certificateGains(facts),
  severity: () => "critical",
  sentence: () => "can issue itself a client certificate in the name of any user: it may request and approve one",
  target: () => ({ label: "Acts as", title: "any user", detail: "by a certificate that cannot be revoked" }),
  gives: "A client certificate in any name, of a user, a node or a service account, that stays valid until it expires.",
  precondition: "the controller manager signs requests of this signer, as it does unless told not to",
  fix: "Remove approve on the signer, or the update of approvals; let one controller approve requests.",
  technique: "T1649",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization",
};
