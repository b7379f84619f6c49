import { APPROVE_REQUEST, certificateGains, CREATE_REQUEST } from "../certificate-requests.ts";
import type { EscalationEdge } from "../edge.ts";

/** The admission plugin CertificateApproval refuses an approval by somebody without `approve` on the signer. */
export const csrApproveNoSigner: EscalationEdge = {
  id: "CSR_APPROVE_NO_SIGNER",
  primitive: "R22",
  name: "approve, no signer",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [CREATE_REQUEST, APPROVE_REQUEST],
  gain: (_place, facts) => certificateGains(facts),
  state: () => ({ state: "latent", reason: "approve on the signer kubernetes.io/kube-apiserver-client is missing" }),
  severity: () => "low",
  sentence: () => "may request certificates and write approvals, but approve for no signer of client certificates",
  target: () => ({ label: "Lacks", title: "approve on the signer", detail: "to issue certificates in any name" }),
  gives: "Nothing yet: one right short of issuing client certificates in any name.",
  fix: "Remove the update of approvals where it is not used.",
  technique: "T1649",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization",
};
