import type { EscalationEdge, Gain, Place } from "#lib/engines/escalation/edge.ts";
import { HeldEdges } from "#lib/engines/escalation/held-edges.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { escalationsIn } from "./build-escalations.ts";
import type { SnapshotParts } from "./build-snapshot.ts";

/** One place where a subject holds an edge. */
export interface HeldAlone {
  readonly place: Place;
  readonly gains: readonly Gain[];
  readonly state: string;
  /** Empty when it works now. */
  readonly reason: string;
}

/** Where one subject (as of `formatSubject`) holds one edge, what it gains there and whether that works now; other edges are not looked at. */
export function holdAlone(parts: SnapshotParts, edge: EscalationEdge, subject = "User:alice"): readonly HeldAlone[] {
  const { model, result } = escalationsIn(parts);
  const id = model.subjects.findIndex((candidate) => formatSubject(candidate) === subject);
  if (id < 0) return [];
  return new HeldEdges(model, result.facts, [edge])
    .of(id, true)
    .map(({ place, gains, state }) => ({
      place,
      gains,
      state: state.state,
      reason: state.state === "active" ? "" : state.reason,
    }));
}
