import { Badge } from "../badge.tsx";
import { cx } from "../cx.ts";
import { GrantLine } from "../grant-line.tsx";
import { ObjectName } from "../object-name.tsx";
import { VisibleText } from "../visible-text.tsx";
import type { CutView, PathPlace, PathStep } from "#lib/contracts/paths.ts";
import { parseSubject } from "#lib/model/subject-name.ts";
import { CheckLine, CheckMark } from "./check-mark.tsx";
import type { CheckAnswers } from "./check-words.ts";
import { capitalised, isCutGrant, placeText, subjectIdHref } from "./path-words.ts";

export type PathStepItemProps = {
  readonly clusterId: string;
  readonly step: PathStep;
  readonly cut: CutView | null;
  /** From 1. */
  readonly number: number;
  /** The whole path works now. */
  readonly works: boolean;
  /** What the API server said in a check; null while there is none. */
  readonly answers: CheckAnswers | null;
};

/** One step: what is done, by which right or fact, what it leads to, and what stops it. */
export function PathStepItem({ clusterId, step, cut, number, works, answers }: PathStepItemProps) {
  const isCut = step.needs.some(({ grant }) => grant !== null && isCutGrant(grant, cut));
  return (
    <li
      className={cx(
        "grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 px-3 py-2.5 first:rounded-t-r2 last:rounded-b-r2",
        isCut && "shadow-[inset_2px_0_0_0_var(--accent)]",
      )}
    >
      <span className="text-ink-3 tabular-nums" aria-hidden="true">
        {number}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
            <VisibleText text={capitalised(step.action)} />
          </span>
          {step.state !== "active" && <Badge tone="unknown">{step.state}</Badge>}
          {isCut && <Badge tone="accent">change this</Badge>}
          <span className="ml-auto flex flex-wrap gap-x-3 text-2xs text-ink-3 max-md:ml-0 max-md:w-full">
            <span className="font-mono">{step.id}</span>
            {step.technique !== "" && <span>ATT&CK {step.technique}</span>}
          </span>
        </p>
        <div className="mt-1.5 grid grid-cols-1 gap-x-8 gap-y-2 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-2">
            <Proof clusterId={clusterId} step={step} answers={answers} />
            {step.reason !== null && (
              <p className="[overflow-wrap:anywhere]">
                <span className="text-ink-3">Not now: </span>
                <VisibleText text={step.reason} />
              </p>
            )}
          </div>
          <dl className="grid min-w-0 grid-cols-[2.5rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1 [&_dt]:text-sm [&_dt]:leading-5 [&_dt]:text-ink-3">
            <dt>Then</dt>
            <dd className="min-w-0">
              <Place clusterId={clusterId} place={step.to} works={works} />
              <span className="block text-sm text-ink-2">
                <VisibleText text={step.gives} />
              </span>
            </dd>
            {step.precondition !== null && (
              <>
                <dt>Needs</dt>
                <dd>
                  <VisibleText text={step.precondition} />
                </dd>
              </>
            )}
            <dt>Fix</dt>
            <dd className="whitespace-pre-line [overflow-wrap:anywhere]">
              <VisibleText text={step.fix} />
            </dd>
          </dl>
        </div>
      </div>
    </li>
  );
}

/** The rights with who gives them, or the facts of the cluster. */
function Proof({ clusterId, step, answers }: Pick<PathStepItemProps, "clusterId" | "step" | "answers">) {
  // What stands against it is said beside.
  const facts = step.facts.filter((fact) => fact !== step.reason);
  // Named only where the right is a group's.
  const holder = step.from.subject === undefined ? null : parseSubject(step.from.subject);
  return (
    <>
      {step.needs.map((need) => {
        const { request, grant, otherGrants } = need;
        return (
          <div key={request} className="min-w-0">
            <code className="font-mono text-[0.78125rem] font-medium [overflow-wrap:anywhere]">
              <VisibleText text={request} breakable />
            </code>
            {grant ? (
              <GrantLine clusterId={clusterId} grant={grant} {...(holder ? { holder } : {})} />
            ) : (
              <p className="text-sm text-ink-3">comes with the role that was taken in the step before</p>
            )}
            {otherGrants > 0 && (
              <p className="text-sm text-ink-3">
                {otherGrants.toLocaleString("en")} other {otherGrants === 1 ? "binding gives" : "bindings give"} it as
                well
              </p>
            )}
            {answers && <CheckMark need={need} answers={answers} />}
          </div>
        );
      })}
      {facts.map((fact) => (
        <p key={fact} className="text-ink-2 [overflow-wrap:anywhere]">
          <VisibleText text={fact} />
        </p>
      ))}
      {answers && step.needs.length === 0 && (
        <CheckLine tone="none">Not asked: it follows from the cluster&apos;s objects</CheckLine>
      )}
    </>
  );
}

type PlaceProps = { readonly clusterId: string; readonly place: PathPlace; readonly works: boolean };

function Place({ clusterId, place, works }: PlaceProps) {
  if (place.subject !== undefined)
    return <ObjectName kind={place.label} name={place.title} href={subjectIdHref(clusterId, place.subject)} wrap />;
  return (
    <span className={cx("font-medium [overflow-wrap:anywhere]", place.type === "target" && works && "text-critical")}>
      <VisibleText text={placeText(place)} />
    </span>
  );
}
