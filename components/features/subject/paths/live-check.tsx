import { PlugZap } from "lucide-react";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { JobProgress } from "#components/ui/job-progress.tsx";
import { plural } from "#components/ui/plural.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { AccessCheck } from "#lib/contracts/access-check.ts";
import type { Job } from "#lib/contracts/jobs.ts";
import type { AttackPathView } from "#lib/contracts/paths.ts";
import { CheckLine } from "#components/ui/paths/check-mark.tsx";
import { askableNeeds, countOutcomes, summaryText, type CheckAnswers } from "#components/ui/paths/check-words.ts";
import { RescanButton } from "./rescan-button.tsx";
import type { PathCheck } from "./use-path-check.ts";

export type LiveCheckProps = { readonly clusterId: string; readonly path: AttackPathView; readonly check: PathCheck };

/** Asks the API server about the rights of a path, and says in one line what it answered. Beside the scan, never part of it. */
export function LiveCheck({ clusterId, path, check }: LiveCheckProps) {
  const noteId = useId();
  const { job, running, answers, result } = check;
  const rights = askableNeeds(path).length;
  const obstacle =
    check.impossible ??
    (rights === 0 ? "There is nothing to ask: every step follows from the cluster's objects." : null);
  const counted = answers && result?.type === "answered" ? { at: result.checkedAt, answers } : null;
  return (
    <div className="mb-3 flex flex-col gap-2" data-print={counted ? undefined : "hide"}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span data-print="hide" className="flex">
          <Button
            size="sm"
            busy={running}
            disabled={obstacle !== null}
            aria-describedby={noteId}
            icon={<PlugZap aria-hidden="true" />}
            onClick={check.start}
          >
            {job ? "Check again" : "Check on the live cluster"}
          </Button>
        </span>
        <div id={noteId} role="status" className="min-w-0 flex-1 basis-60 text-sm text-ink-3">
          {obstacle ??
            (counted ? (
              <Summary path={path} {...counted} />
            ) : (
              !job && `Asks the API server about ${plural(rights, "right")} of this path. Nothing is changed there.`
            ))}
        </div>
      </div>
      {check.error && <InlineError error={check.error} />}
      {job && running && <JobProgress job={job} />}
      {job && <Failure job={job} />}
      {result?.type === "refused" && <Refused result={result} />}
      {counted && <Disagreement clusterId={clusterId} path={path} answers={counted.answers} />}
    </div>
  );
}

type AnsweredProps = { readonly path: AttackPathView; readonly answers: CheckAnswers };

function Summary({ path, answers, at }: AnsweredProps & { readonly at: string }) {
  const count = countOutcomes(path, answers);
  const tone = count.denied > 0 ? "no" : count.unknown > 0 ? "unknown" : "yes";
  return (
    <CheckLine tone={tone}>
      <b className="font-medium">{summaryText(count)}</b>
      <span className="text-ink-3">
        {", "}
        <RelativeTime at={at} ago />
      </span>
    </CheckLine>
  );
}

function Disagreement({ clusterId, path, answers }: AnsweredProps & { readonly clusterId: string }) {
  const { denied } = countOutcomes(path, answers);
  if (denied === 0) return null;
  return (
    <Callout
      tone="high"
      title={`The API server says no to ${plural(denied, "right")} of this path`}
      actions={<RescanButton clusterId={clusterId} />}
    >
      The cluster changed since the scan, or something in front of RBAC refuses it. Scan again to see the paths as they
      are now.
    </Callout>
  );
}

/** A check that ended without any answer. */
function Failure({ job }: { readonly job: Job }) {
  if (!job.error) return null;
  return (
    <Callout tone="unknown" live title={<VisibleText text={job.error.message} />}>
      {job.error.hint && <VisibleText text={job.error.hint} />} Nothing is known from this check.
      <code className="block font-mono text-sm">{job.error.code}</code>
    </Callout>
  );
}

function Refused({ result }: { readonly result: Extract<AccessCheck, { readonly type: "refused" }> }) {
  return (
    <>
      <Callout tone="unknown" live title="Kordon's own credential may not ask this">
        {result.identity !== null && (
          <>
            <span className="font-mono text-sm [overflow-wrap:anywhere]">
              <VisibleText text={result.identity} />
            </span>{" "}
          </>
        )}
        lacks the right to <span className="font-mono text-sm [overflow-wrap:anywhere]">{result.missing}</span>. It is
        needed for this check alone. Apply this to give it:
      </Callout>
      <CodeBlock code={result.clusterRole} label="ClusterRole and binding" />
    </>
  );
}
