import { CREATE_REQUEST, READ_REQUEST } from "../certificate-requests.ts";
import type { EscalationEdge } from "../edge.ts";
import { nodeIdentityGains } from "../node-identity.ts";
import { rights } from "../rights.ts";
import { activeIfAny } from "../role-rewriting.ts";

/** The controller manager approves a request for the certificate of a node when its author may create `…/nodeclient`. */
export const nodeCertificateRequest: EscalationEdge = {
  id: "NODE_CERTIFICATE_REQUEST",
  primitive: "R24",
  name: "request node certificates",
  scope: "cluster",
  implies: [],
  effort: 2,
  needs: () => [
    rights(["create"], "certificates.k8s.io", ["certificatesigningrequests/nodeclient"]),
    CREATE_REQUEST,
    READ_REQUEST,
  ],
  gain: (_place, facts) => nodeIdentityGains(null, facts),
  state: (_place, facts) => activeIfAny(nodeIdentityGains(null, facts), "no pod is known on any node"),
  severity: () => "high",
  sentence: () => "can get the certificate of any node: its requests for one are approved automatically",
  target: () => ({ label: "Acts as", title: "any node", detail: "with tokens and secrets of the pods on it" }),
  gives: "The identity of any node: tokens of the accounts its pods run as, and the Secrets these pods use.",
  precondition: "the controller manager approves and signs such requests, as it does unless told not to",
  fix: "Bind nodeclient only to bootstrap tokens that expire soon, and remove the binding once all nodes have joined.",
  technique: "T1649",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/",
};
