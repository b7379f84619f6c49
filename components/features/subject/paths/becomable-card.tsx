"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { plural } from "#components/ui/plural.ts";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SubjectPaths } from "#lib/contracts/paths.ts";

const FIRST = 6;

export type BecomableCardProps = {
  readonly clusterId: string;
  readonly becomable: SubjectPaths["becomable"];
  /** Not everything could be read: none found is then not known. */
  readonly incomplete: boolean;
};

/** Who can become this subject, nearest first, each with its first step. */
export function BecomableCard({ clusterId, becomable, incomplete }: BecomableCardProps) {
  const [all, setAll] = useState(false);
  const { count, subjects } = becomable;
  const shown = all ? subjects : subjects.slice(0, FIRST);
  const rest = count - shown.length;
  return (
    <Card title="Who can become it" completeness={count > 0 && plural(count, "subject")}>
      {count === 0 ? (
        <EmptyState
          title={incomplete ? "Not known: some of the cluster could not be read" : "Nobody is known who can become it"}
        />
      ) : (
        <ul className="px-3.5 py-1">
          {shown.map(({ id, subject, first }) => (
            <li key={id} className="border-b border-line py-1.5 last:border-b-0">
              <SubjectName subject={subject} clusterId={clusterId} wrap />
              {first !== "" && (
                <span className="block text-sm text-ink-2 [overflow-wrap:anywhere]">
                  <VisibleText text={first} />
                </span>
              )}
            </li>
          ))}
          {rest > 0 && (
            <li className="flex min-h-[38px] items-center gap-3 py-1.5 text-sm text-ink-3">
              {!all && subjects.length > FIRST && (
                <span data-print="hide">
                  <Button size="sm" onClick={() => setAll(true)}>
                    Show {subjects.length - FIRST} more
                  </Button>
                </span>
              )}
              {count > subjects.length && `the nearest ${subjects.length} of ${count.toLocaleString("en")} are listed`}
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}
