import { inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { controllerTarget, isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const CERT_MANAGER: Operator = {
  product: "cert-manager",
  group: "cert-manager.io",
  resource: "certificates",
  images: ["jetstack/cert-manager-controller"],
};

/** A certificate for any name that an issuer signs, written over any Secret of the namespace. */
export const operatorCertManagerCertificate: EscalationEdge = {
  id: "OPERATOR_CERT_MANAGER_CERTIFICATE",
  primitive: "R74",
  name: "issue certificates",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["create", "update", "patch"], CERT_MANAGER.group, ["certificates", "issuers"])],
  applies: (_, facts, holder) => !isController(facts, CERT_MANAGER, holder),
  gain: () => ({ type: "none" }),
  state: (_, facts) => operatorState(facts, CERT_MANAGER),
  severity: () => "medium",
  sentence: (place) =>
    `can have certificates issued for names of its choice: it may write ${namedOr("certificates or issuers", place, "the certificate or issuer")}${inPlace(place)}`,
  target: (_, facts) => ({ ...controllerTarget(facts, CERT_MANAGER), label: "Issues", title: "certificates" }),
  gives:
    "Certificates of the cluster's issuers for names of its choice, and any Secret of the namespace overwritten by one.",
  precondition: "an issuer that signs such names",
  fix: "Restrict with approval policies which names a namespace may ask for.",
  technique: "T1649",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
