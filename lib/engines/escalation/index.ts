export type { EdgeFacts, EscalationEdge, Place } from "./edge.ts";
export { proofChain, proveOccurrence, type ProvenNeed } from "./explain.ts";
export {
  findEscalations,
  isDefaultBinding,
  subjectSeverity,
  type EscalationResult,
  type Occurrence,
} from "./find-escalations.ts";
export { ESCALATION_EDGES } from "./registry.ts";
