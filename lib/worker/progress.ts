import type { ProgressView } from "../contracts/jobs.ts";

/** Progress before anything is known. */
export const WAITING: ProgressView = { phase: "waiting", kind: null, objects: 0, kindsDone: 0, kindsTotal: 0 };

/** Progress of a step that counts nothing. */
export function inPhase(phase: string, before: ProgressView = WAITING): ProgressView {
  return { ...before, phase, kind: null };
}
