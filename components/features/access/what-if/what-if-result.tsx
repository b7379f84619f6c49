import { useMemo } from "react";
import { Badge, type BadgeTone } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { cx } from "#components/ui/cx.ts";
import { DeadLinks } from "#components/ui/dead-links.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { objectHref } from "#components/ui/object-key.ts";
import { ObjectName } from "#components/ui/object-name.tsx";
import { subjectIdHref } from "#components/ui/paths/path-words.ts";
import { plural } from "#components/ui/plural.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ObjectEffect, WhatIf } from "#lib/contracts/what-if.ts";
import { EFFECT_WORDS } from "./effect-words.ts";
import { PermissionChanges } from "./permission-changes.tsx";
import { ReachCard } from "./reach-card.tsx";
import type { WhatIfState } from "./use-what-if.ts";

export type WhatIfResultProps = {
  readonly clusterId: string;
  readonly answer: WhatIf;
  readonly state: Pick<WhatIfState, "changed" | "stale" | "comparing" | "compare" | "mayCompare">;
};

/** What the comparison found; faded while a newer one runs, and marked as old once the text is another. */
export function WhatIfResult({ clusterId, answer, state }: WhatIfResultProps) {
  const { reach, permissions, completeness } = answer;
  const isDead = useMemo(() => deadLinks(clusterId, answer), [clusterId, answer]);
  const nothing = reach.gained.length + reach.lost.length + permissions.gained.count + permissions.lost.count === 0;
  return (
    <div className="flex flex-col gap-3.5">
      {state.changed && !state.comparing && (
        <Callout
          tone="info"
          live
          title="This comparison is old"
          actions={
            <Button size="sm" disabled={!state.mayCompare} onClick={state.compare}>
              Compare again
            </Button>
          }
        >
          What is written or taken away has changed since it was compared.
        </Callout>
      )}
      <div
        role="group"
        aria-label="Comparison"
        aria-busy={state.stale}
        className={cx("flex flex-col gap-3.5 transition-opacity", state.stale && "opacity-55")}
      >
        {completeness.gaps.length > 0 && (
          <Callout
            tone="unknown"
            title="Not everything was read: more may change than stands here"
            actions={<CoverageNote completeness={completeness} />}
          />
        )}
        <ObjectsCard answer={answer} />
        {nothing ? (
          <div className="rounded-r3 border border-line bg-surface">
            <EmptyState title="Nobody's access changes">
              Neither a permission nor a way to take over appears or vanishes
              {completeness.gaps.length > 0 ? " in what could be read." : "."}
            </EmptyState>
          </div>
        ) : (
          <>
            <DeadLinks value={isDead}>
              <ReachCard clusterId={clusterId} direction="gained" changes={reach.gained} />
              <ReachCard clusterId={clusterId} direction="lost" changes={reach.lost} />
              <PermissionChanges clusterId={clusterId} permissions={permissions} />
            </DeadLinks>
          </>
        )}
      </div>
    </div>
  );
}

const TONES: Readonly<Record<ObjectEffect, BadgeTone>> = {
  created: "accent",
  replaced: "accent",
  removed: "accent",
  follows: "neutral",
  unchanged: "neutral",
  missing: "unknown",
};

function ObjectsCard({ answer: { objects, completeness } }: { readonly answer: WhatIf }) {
  return (
    <Card
      title="What you change"
      beside={<span className="text-ink-3 tabular-nums">{plural(objects.length, "object")}</span>}
      completeness={completeness.gaps.length === 0 && <CoverageNote completeness={completeness} />}
    >
      <ul className="divide-y divide-line">
        {objects.map(({ object, effect, notes }, index) => (
          <li key={index} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3.5 py-2">
            <span className="flex w-24 shrink-0 pt-px">
              <Badge tone={TONES[effect]}>
                <span aria-hidden="true" className="font-mono">
                  {EFFECT_WORDS[effect].sign}
                </span>
                {EFFECT_WORDS[effect].word}
              </Badge>
            </span>
            <div className="min-w-0 flex-1 basis-60">
              <ObjectName kind={object.kind} namespace={object.namespace} name={object.name} copyable wrap />
              {notes.map((note) => (
                <p key={note} className="text-sm text-ink-2 [overflow-wrap:anywhere]">
                  <VisibleText text={note} />
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Links to what only the change makes would lead nowhere. */
function deadLinks(clusterId: string, { objects, newSubjects }: WhatIf): (href: string) => boolean {
  const created = objects.flatMap(({ object, effect }) => (effect === "created" ? [object] : []));
  const dead = new Set([
    ...created.map((object) => objectHref(clusterId, object)),
    ...newSubjects.map((subject) => subjectIdHref(clusterId, subject)),
  ]);
  // The page of a subject may be asked for its ways to one target.
  return (href) => dead.has(href) || dead.has(href.replace(/\?to=.*/, ""));
}
