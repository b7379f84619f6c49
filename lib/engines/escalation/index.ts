export { clusterFacts, mountsToken, mountsTokenVolume, type ClusterFacts } from "./cluster-facts.ts";
export type { EdgeFacts, EdgeState, EscalationEdge, Place } from "./edge.ts";
export { addedCapabilities, hostDoors, type HostDoor } from "./host-access.ts";
export { AttackGraph } from "./graph/attack-graph.ts";
export type { Step } from "./graph/step.ts";
export type { Change } from "./graph/change.ts";
export { findPaths, MOST_ALIKE, stepKind, type AttackPath } from "./graph/find-paths.ts";
export { losingSubjects, minimumCut, type Cut } from "./graph/minimum-cut.ts";
export { searchFrom, searchTo, UNREACHED, wayOf } from "./graph/search.ts";
export { grantsOfStep, type RuleGrant } from "./graph/step-grants.ts";
export { restsOf } from "./graph/step-rests.ts";
export { needsOfStep } from "./graph/step-reviews.ts";
export type { ClusterTarget, Vertex } from "./graph/vertex.ts";
export { describeRight, occurrenceProver, proofChain, type ProvenNeed } from "./explain.ts";
export {
  changedEscalations,
  findEscalations,
  isDefaultBinding,
  subjectSeverity,
  type EscalationResult,
  type Occurrence,
} from "./find-escalations.ts";
export { ESCALATION_EDGES } from "./registry.ts";
