import type { Job } from "#lib/contracts/jobs.ts";
import { Progress } from "./progress.tsx";

const PHASES: ReadonlyMap<string, string> = new Map([
  ["waiting", "Waiting for the worker"],
  ["connecting", "Connecting to the API server"],
  ["collecting", "Reading"],
  ["analysing", "Working out who can do what"],
  ["saving", "Saving"],
  ["asking", "Asking the API server"],
]);

/** How far a job is, in words and as a bar. */
export function JobProgress({ job }: { readonly job: Job }) {
  const progress = job.progress;
  if (!progress) return <Progress label="Waiting for the worker" value={0} max={0} />;
  const phase = PHASES.get(progress.phase) ?? progress.phase;
  const objects = progress.objects > 0 ? `, ${progress.objects.toLocaleString("en")} objects` : "";
  const label = progress.kind ? `${phase} ${progress.kind}${objects}` : `${phase}${objects}`;
  return <Progress label={label} value={progress.kindsDone} max={progress.kindsTotal} />;
}
