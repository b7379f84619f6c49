import { inPlace, type EscalationEdge } from "../edge.ts";
import { rights } from "../rights.ts";

const GROUP = "resource.k8s.io";
/** First minor version that asks for more than the status. */
const FIRST_MINOR_GRANULAR = 36;
const VERBS = ["update", "patch"];
/** What is asked beside the status: for the allocation without a name, for devices with the name of the driver and a verb of its own kind. */
const GRANULAR = [
  ...VERBS.map((verb) => ({ verb, apiGroup: GROUP, resource: "resourceclaims", subresource: "binding" })),
  ...rights(
    ["associated-node", "arbitrary-node"].flatMap((prefix) => VERBS.map((verb) => `${prefix}:${verb}`)),
    GROUP,
    ["resourceclaims/driver"],
  ),
];

/** The status of a claim says which devices its pods get. */
export const resourceClaimStatusWrite: EscalationEdge = {
  id: "RESOURCE_CLAIM_STATUS_WRITE",
  primitive: "R57",
  name: "allocate devices",
  scope: "namespace",
  implies: [],
  effort: 2,
  needs: ({ minor }) => [
    rights(VERBS, GROUP, ["resourceclaims/status"]),
    ...(minor !== null && minor < FIRST_MINOR_GRANULAR ? [] : [GRANULAR]),
  ],
  applies: (_, { cluster }) => cluster.serves(GROUP, "resourceclaims") !== false,
  gain: () => ({ type: "none" }),
  severity: ({ namespace }) => (namespace === null ? "medium" : "low"),
  sentence: (place) => `may decide which devices pods get${inPlace(place)}: it may write the status of resource claims`,
  target: ({ namespace }) => ({
    label: "Takes",
    title: "devices of others",
    detail: namespace === null ? "for claims of every namespace" : `for claims of ${namespace}`,
  }),
  gives: "Devices for pods of its choice that the scheduler has given to others, and false reports about them.",
  precondition: "a driver for dynamic resources",
  fix: "Leave the status of claims to the scheduler and to drivers, each for its own driver name.",
  technique: "T1565.001",
  source: "https://kubernetes.io/docs/concepts/security/hardening-guide/dynamic-resource-allocation/",
};
