import { accountSeverity, accountTarget, inPlace, namedOr, type EscalationEdge } from "../edge.ts";
import { isController, operatorState, type Operator } from "../operator.ts";
import { rights } from "../rights.ts";

const WRITE = ["create", "update", "patch"];
const EXTERNAL_SECRETS: Operator = {
  product: "External Secrets",
  group: "external-secrets.io",
  resource: "secretstores",
  images: ["external-secrets/external-secrets"],
};
const STORES = rights(WRITE, EXTERNAL_SECRETS.group, ["secretstores"]);
const CLUSTER_STORES = rights(WRITE, EXTERNAL_SECRETS.group, ["clustersecretstores"]);

/** A store names the server to ask and the account whose token is shown to it: a server of one's own sees the token. */
export const operatorExternalSecretStore: EscalationEdge = {
  id: "OPERATOR_EXTERNAL_SECRET_STORE",
  primitive: "R74",
  name: "write secret stores",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [[...STORES, ...CLUSTER_STORES]],
  // Cluster stores are cluster-scoped: a role binding does not give them.
  applies: ({ namespace }, facts, holder) =>
    !isController(facts, EXTERNAL_SECRETS, holder) &&
    (namespace === null || STORES.some((query) => holder.holds(query, namespace))),
  gain: ({ namespace }) => ({ type: "accounts", namespace, names: null }),
  state: (_, facts) => operatorState(facts, EXTERNAL_SECRETS),
  severity: ({ namespace }, facts) => accountSeverity({ namespace }, facts, "medium"),
  sentence: (place) =>
    `can have tokens of any service account${inPlace(place)} sent to a server of its own: it may write ${namedOr("secret stores", place, "the secret store")}`,
  target: ({ namespace }, facts) => accountTarget({ namespace }, facts),
  gives: "A token of any service account of the namespace, which the operator shows to the server that a store names.",
  precondition: "an operator that may create tokens, as by default",
  fix: "Let stores be written by who runs the operator; grant externalsecrets to the namespaces.",
  technique: "T1528",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/operator/",
};
