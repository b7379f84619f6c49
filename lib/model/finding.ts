import type { ObjectRef } from "./object-ref.ts";
import type { Severity } from "./severity.ts";
import type { Topic } from "./topics.ts";

/** One step of a proof chain: what stands there, and which hop a change should cut. */
export interface ProofHop {
  readonly label: string;
  readonly title: string;
  readonly detail?: string;
  readonly tone: "plain" | "cut" | "target";
  /** `formatSubject` of the subject behind the hop. */
  readonly subject?: string;
}

/** A failed check or a proven path on one object. */
export interface Finding {
  /** Stable over scans: made of check, object and discriminator, never of a position or a time. */
  readonly fingerprint: string;
  /** Id of the check or edge, e.g. `POD_EXEC`. */
  readonly check: string;
  readonly topic: Topic;
  readonly severity: Severity;
  readonly sentence: string;
  /** Subject or object the finding is about. */
  readonly subject?: string;
  readonly object?: ObjectRef;
  readonly chain: readonly ProofHop[];
  readonly fix: string;
}
