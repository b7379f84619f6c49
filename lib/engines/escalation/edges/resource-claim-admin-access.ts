import { labelValue } from "../../../model/labels.ts";
import { fromMinor, inPlace, type EdgeFacts, type EscalationEdge, type Place } from "../edge.ts";
import { rights } from "../rights.ts";

const GROUP = "resource.k8s.io";
const LABEL = "resource.kubernetes.io/admin-access";
/** First minor version that knows the label by default. */
const FIRST_MINOR = 34;
const RELABEL = rights(["update", "patch"], "", ["namespaces"]);

/** A claim may ask for devices that are in use, as an administrator; only the label of its namespace decides. */
export const resourceClaimAdminAccess: EscalationEdge = {
  id: "RESOURCE_CLAIM_ADMIN_ACCESS",
  primitive: "R57",
  name: "claim any device",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: () => [rights(["create"], GROUP, ["resourceclaims", "resourceclaimtemplates"])],
  applies: (place, facts, holder) =>
    facts.cluster.serves(GROUP, "resourceclaims") !== false &&
    (hasLabel(place, facts) || RELABEL.some((query) => holder.holds(query, place.namespace))),
  gain: () => ({ type: "none" }),
  state: (_, facts) => fromMinor(facts, FIRST_MINOR, "admin access to devices by default"),
  severity: () => "medium",
  sentence: (place) =>
    `can use devices that belong to pods of others${inPlace(place)}: claims there may ask for admin access`,
  target: () => ({ label: "Uses", title: "devices of others", detail: "with admin access" }),
  gives: "Access to devices while pods of others use them, past the limits of their class.",
  precondition: "a driver that supports admin access",
  fix: "Label only namespaces of administrators for admin access, and grant claims there to nobody else.",
  technique: "T1005",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#admin-access",
};

function hasLabel({ namespace }: Place, { cluster }: EdgeFacts): boolean {
  return cluster.objects.namespaces.some(
    ({ metadata }) =>
      (namespace === null || metadata.name === namespace) && labelValue(metadata.labels, LABEL) === "true",
  );
}
