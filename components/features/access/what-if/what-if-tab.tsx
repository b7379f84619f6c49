"use client";

import { FileQuestion, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { AccessTabs } from "../access-tabs.tsx";
import { ManifestEditor } from "./manifest-editor.tsx";
import { RemovedCard } from "./removed-card.tsx";
import { useCompareKey } from "./use-compare-key.ts";
import { useWhatIf, type WhatIfState } from "./use-what-if.ts";
import { WhatIfResult } from "./what-if-result.tsx";

const QUESTION = "What if a role or binding changed?";

/** What would change in who may do what, and in who takes over, before anything is written. */
export function WhatIfTab({ clusterId }: { readonly clusterId: string }) {
  const hydrated = useHydrated();
  // What was typed is kept by the browser: the server cannot render it.
  return hydrated ? (
    <WhatIf clusterId={clusterId} />
  ) : (
    <>
      <Head clusterId={clusterId} title={QUESTION} />
      <SkeletonRows rows={8} label="Loading the editor" />
    </>
  );
}

function WhatIf({ clusterId }: { readonly clusterId: string }) {
  const state = useWhatIf(clusterId);
  const { answer, error, stale, comparing } = state;
  useCompareKey(state.compare);
  return (
    <>
      <Head
        clusterId={clusterId}
        title={
          answer && !stale ? (
            <VisibleText text={answer.sentence} />
          ) : comparing ? (
            "Working it out"
          ) : error ? (
            "This could not be compared"
          ) : (
            QUESTION
          )
        }
        isIncomplete={answer !== undefined && answer.completeness.gaps.length > 0}
      />
      <div className="mb-3.5 grid grid-cols-1 items-start gap-3.5 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <ManifestEditor state={state} />
        <RemovedCard clusterId={clusterId} state={state} />
      </div>
      <p role="status" className="sr-only">
        {answer && !stale && <VisibleText text={answer.sentence} />}
      </p>
      <Answer clusterId={clusterId} state={state} />
    </>
  );
}

type HeadProps = {
  readonly clusterId: string;
  readonly title: ReactNode;
  /** The answer rests on part of the cluster. */
  readonly isIncomplete?: boolean;
};

function Head({ clusterId, title, isIncomplete = false }: HeadProps) {
  return (
    <>
      <VerdictHeader
        title={title}
        mark={isIncomplete && <SeverityMark level="unknown" label="As far as could be read" />}
        context="Worked out on the newest scan, as the API server would decide. Nothing is written to the cluster."
      />
      <AccessTabs clusterId={clusterId} current="what-if" />
    </>
  );
}

function Answer({ clusterId, state }: { readonly clusterId: string; readonly state: WhatIfState }) {
  if (state.answer) return <WhatIfResult clusterId={clusterId} answer={state.answer} state={state} />;
  if (state.comparing) return <SkeletonRows rows={6} label="Loading the comparison" />;
  return (
    <div className="rounded-r3 border border-dashed border-line-strong">
      {state.error ? (
        <EmptyState icon={<TriangleAlert aria-hidden="true" />} title="Nothing was compared">
          What is wrong stands under the editor. The text is as you left it.
        </EmptyState>
      ) : (
        <EmptyState icon={<FileQuestion aria-hidden="true" />} title="See what a change does before you apply it">
          Paste roles, bindings or service accounts, or name some to take away. Compared are the ways to take over and
          the permissions of everybody, before and after.
        </EmptyState>
      )}
    </div>
  );
}
