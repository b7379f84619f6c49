import type { AccessModel } from "../rbac/index.ts";
import type { EdgeFacts, EdgeState } from "./edge.ts";
import type { Vertex } from "./graph/vertex.ts";

/** Something that an operator can change so that a link is gone, beside bindings and rules. */
export type LinkChange =
  /** No token of the account in the pods of the namespace that run as it. */
  | { readonly type: "automount"; readonly namespace: string; readonly account: string }
  /** The namespace enforces at least this level of Pod Security. */
  | { readonly type: "pod-security"; readonly namespace: string; readonly level: "baseline" | "restricted" }
  /** The pods of the namespace that run as the account no longer reach into their node. */
  | { readonly type: "host-access"; readonly namespace: string; readonly pod: string }
  | { readonly type: "token-secret"; readonly namespace: string; readonly secret: string }
  | { readonly type: "cloud-annotation"; readonly namespace: string; readonly account: string };

export interface Link {
  readonly to: Vertex;
  /** Absent: active. */
  readonly state?: EdgeState;
  /** Absent: nothing that an operator would change. */
  readonly change?: LinkChange;
  /** The fact behind it, e.g. `pod web-0 mounts a token of shop/web`. Absent: where it leads says it all, as for one of many. */
  readonly because?: string;
}

/** What links may read. */
export interface LinkContext {
  readonly model: AccessModel;
  readonly facts: EdgeFacts;
}

/**
 * A step that needs no right of the attacker's but follows from the state reached: root on a node reads the tokens on it.
 * Together with the edges of RBAC they make the attack graph; adding one means one file and one line in the registry.
 */
export interface EscalationLink {
  readonly id: string;
  /** Number in the catalogue of primitives; absent for what only ties the graph together. */
  readonly primitive?: `R${string}`;
  /** A few words: "reads the pod's token". */
  readonly name: string;
  readonly effort: 0 | 1 | 2 | 3;
  /** It leaves a container for its node. */
  readonly breaksOut?: boolean;
  /** Types of vertices from which it may start. */
  readonly from: readonly Vertex["type"][];
  links(from: Vertex, context: LinkContext): Iterable<Link>;
  readonly gives: string;
  readonly fix: string;
  readonly technique: string;
  readonly source: string;
}
