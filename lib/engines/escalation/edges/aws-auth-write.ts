import type { ClusterFacts } from "../cluster-facts.ts";
import type { EdgeFacts, EscalationEdge, Holder, Place } from "../edge.ts";
import { rights } from "../rights.ts";

const NAMESPACE = "kube-system";
const CHANGE = (["update", "patch"] as const).map((verb) => ({
  verb,
  apiGroup: "",
  resource: "configmaps",
  name: "aws-auth",
}));

/** In EKS this ConfigMap says which roles of the cloud are which users and groups. */
export const awsAuthWrite: EscalationEdge = {
  id: "AWS_AUTH_WRITE",
  primitive: "R27",
  name: "change aws-auth",
  scope: "namespace",
  onlyIn: [NAMESPACE],
  implies: [],
  effort: 2,
  needs: () => [[...CHANGE, ...rights(["create"], "", ["configmaps"])]],
  applies: (_place, facts) => isEks(facts),
  gain: () => ({ type: "masters" }),
  state: (place, _facts, holder) =>
    mayChange(place, holder)
      ? { state: "active" }
      : { state: "latent", reason: "it works only while the ConfigMap aws-auth does not exist, which is not read" },
  severity: () => "critical",
  sentence: () => "can make a role of AWS a member of system:masters, by the ConfigMap aws-auth in kube-system",
  target: () => ({ label: "Takes over", title: "system:masters", detail: "as a role of the cloud" }),
  gives: "Membership of system:masters for a role or user of the AWS account.",
  precondition: "EKS reads the ConfigMap, as it does unless the cluster authenticates by access entries alone",
  fix: "Move the mappings to access entries and turn the ConfigMap off, or limit who may change it.",
  technique: "T1098.001",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication",
};

function mayChange({ namespace }: Place, holder: Holder): boolean {
  return CHANGE.some((query) => holder.holds(query, namespace ?? NAMESPACE));
}

const KNOWN = new WeakMap<ClusterFacts, boolean>();

/** Looked up once per cluster: it may have many nodes. */
function isEks({ cluster }: EdgeFacts): boolean {
  let known = KNOWN.get(cluster);
  if (known === undefined) KNOWN.set(cluster, (known = hasEksNode(cluster)));
  return known;
}

function hasEksNode(cluster: ClusterFacts): boolean {
  return cluster.objects.nodes.some(
    ({ metadata, info }) =>
      info.kubeletVersion?.includes("-eks-") === true ||
      metadata.labels.some(([label]) => label.startsWith("eks.amazonaws.com/")),
  );
}
