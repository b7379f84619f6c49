import type { EdgeState, EscalationEdge, Place } from "../edge.ts";
import type { EscalationLink, Link } from "../link.ts";

/** One step of the graph. `via` says by what: a right that is held in a place, or what follows from the state by itself. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly effort: number;
  readonly state: EdgeState;
  readonly via:
    | { readonly type: "right"; readonly edge: EscalationEdge; readonly place: Place }
    | { readonly type: "link"; readonly link: EscalationLink; readonly fact: Link };
}
