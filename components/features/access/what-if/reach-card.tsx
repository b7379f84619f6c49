import { useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { ObjectName } from "#components/ui/object-name.tsx";
import { PathDisclosure } from "#components/ui/paths/path-disclosure.tsx";
import { placeText } from "#components/ui/paths/path-words.ts";
import { plural } from "#components/ui/plural.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { subjectHref } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ReachChange } from "#lib/contracts/what-if.ts";
import type { Subject } from "#lib/model/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { CHANGE_WORDS, type ChangeDirection } from "./effect-words.ts";

const TITLES: Readonly<Record<ChangeDirection, string>> = { gained: "Ways that appear", lost: "Ways that vanish" };
const NOTHING: Readonly<Record<ChangeDirection, string>> = {
  gained: "Nobody reaches anything that they do not reach now.",
  lost: "Everybody still reaches what they reach now.",
};

export type ReachCardProps = {
  readonly clusterId: string;
  readonly direction: ChangeDirection;
  /** Worst first. */
  readonly changes: readonly ReachChange[];
};

/** Who begins or ceases to reach what, with the easiest way of the first: its steps and what proves them. */
export function ReachCard({ clusterId, direction, changes }: ReachCardProps) {
  const withPath = changes.filter(({ path }) => path !== null);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  return (
    <Card
      title={TITLES[direction]}
      beside={
        changes.length > 0 && <span className="text-ink-3 tabular-nums">to {plural(changes.length, "target")}</span>
      }
      completeness={withPath.length > 0 && "shown: the easiest way of one of them"}
    >
      {changes.length === 0 ? (
        <p className="px-3.5 py-3 text-ink-2">{NOTHING[direction]}</p>
      ) : (
        <ul className="divide-y divide-line">
          {changes.map((change) => {
            const { target, path } = change;
            const position = withPath.indexOf(change);
            const open = toggled.get(target.id) ?? position === 0;
            return (
              <li key={target.id}>
                <Target clusterId={clusterId} direction={direction} change={change} />
                {path && (
                  <div className="border-t border-dashed border-line">
                    <PathDisclosure
                      clusterId={clusterId}
                      path={path}
                      number={position + 1}
                      cut={null}
                      open={open}
                      onToggle={() => setToggled(new Map([...toggled, [target.id, !open]]))}
                    />
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

type TargetProps = { readonly clusterId: string; readonly direction: ChangeDirection; readonly change: ReachChange };

function Target({ clusterId, direction, change: { target, count, subjects } }: TargetProps) {
  const rest = count - subjects.length;
  const { sign, word } = CHANGE_WORDS[direction];
  return (
    <div className="px-3.5 py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="font-mono font-semibold" aria-hidden="true">
          {sign}
        </span>
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <VisibleText text={placeText(target.place)} />
        </span>
        <SeverityMark level={target.severity} />
        <span className="text-sm text-ink-3">
          {word} for {plural(count, "subject")}
        </span>
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 pl-5">
        {subjects.map((subject) => (
          <li key={formatSubject(subject)} className="min-w-0">
            <ObjectName
              kind={subject.kind}
              namespace={subject.namespace}
              name={subject.name}
              href={pathsHref(clusterId, subject, target.id)}
              wrap
            />
          </li>
        ))}
        {rest > 0 && <li className="text-sm leading-6 text-ink-3">and {rest.toLocaleString("en")} more</li>}
      </ul>
    </div>
  );
}

/** The subject's page with its paths to a target as they are now. */
function pathsHref(clusterId: string, subject: Subject, target: string): string {
  return `${subjectHref(clusterId, subject)}?${new URLSearchParams({ to: target }).toString()}`;
}
