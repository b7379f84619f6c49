import { ChevronRight } from "lucide-react";
import { Fragment, useId, type ReactNode } from "react";
import type { AttackPathView, CutView } from "#lib/contracts/paths.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { Badge } from "../badge.tsx";
import { cx } from "../cx.ts";
import { ProofChain } from "../proof-chain.tsx";
import { SeverityShape, severityWord } from "../severity-mark.tsx";
import { VisibleText } from "../visible-text.tsx";
import type { CheckAnswers } from "./check-words.ts";
import { PathStepItem } from "./path-step-item.tsx";
import { extentText, inactiveSteps, pathHops, routeOf } from "./path-words.ts";

export type PathDisclosureProps = {
  readonly clusterId: string;
  readonly path: AttackPathView;
  /** From 1: how it is called among its neighbours. */
  readonly number: number;
  /** The changes that stop it; null where none are shown. */
  readonly cut: CutView | null;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Stands between the chain and the steps. */
  readonly check?: ReactNode;
  /** What the API server said in a check; null while there is none. */
  readonly answers?: CheckAnswers | null;
};

/** One path: a line that says where it leads, and under it every step with its proof. Paper shows all of it. */
export function PathDisclosure({
  clusterId,
  path,
  number,
  cut,
  open,
  onToggle,
  check,
  answers = null,
}: PathDisclosureProps) {
  const bodyId = useId();
  const missing = inactiveSteps(path);
  const works = missing.length === 0;
  const hops = pathHops(clusterId, path, cut);
  return (
    <>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={bodyId}
          onClick={onToggle}
          className={cx(
            "grid min-h-[38px] w-full grid-cols-[auto_auto_minmax(0,1fr)] items-baseline gap-x-2.5 gap-y-0.5 px-3.5 py-2 text-left outline-offset-[-2px] transition-colors hover:bg-hover md:grid-cols-[auto_auto_minmax(0,1fr)_auto]",
            !works && "text-ink-2",
          )}
        >
          <ChevronRight
            aria-hidden="true"
            className={cx("mt-[3px] size-3.5 self-start text-ink-3 transition-transform", open && "rotate-90")}
          />
          <span className="flex min-w-8 items-center gap-1.5 text-ink-3 tabular-nums">
            <SeverityShape level={works ? path.severity : "none"} />
            <span className="sr-only">{works ? severityWord(path.severity) : "Not active"}, path</span>
            {number}
          </span>
          <span
            title={open ? undefined : toVisibleText(path.sentence)}
            className={cx("min-w-0 [overflow-wrap:anywhere]", open ? "font-medium" : "md:truncate")}
          >
            {!works && (
              <span className="mr-2">
                <Badge tone="unknown">not active</Badge>
              </span>
            )}
            {open ? <VisibleText text={path.sentence} /> : <Route path={path} />}
          </span>
          <span className="text-sm whitespace-nowrap text-ink-3 tabular-nums max-md:col-start-3">
            {extentText(path)}
          </span>
        </button>
      </h3>
      <div id={bodyId} className={cx("px-3.5 pt-1 pb-4 md:pl-9", !open && "hidden print:block")}>
        {missing.map((step) => (
          <p key={step.id} className="mb-3 rounded-r2 border border-dashed border-unknown px-3 py-2 text-ink-2">
            <span className="font-medium text-ink">Would work if this were no longer so:</span>{" "}
            <VisibleText text={step.reason ?? ""} />
          </p>
        ))}
        {hops && (
          <div className="mb-3">
            <ProofChain
              label={`Path ${number}: ${routeOf(path)
                .map(({ place }) => place)
                .join(", then ")}`}
              hops={hops}
            />
          </div>
        )}
        {check}
        <ol aria-label={`Steps of path ${number}`} className="divide-y divide-line rounded-r2 border border-line">
          {path.steps.map((step, index) => (
            <PathStepItem
              key={index}
              clusterId={clusterId}
              step={step}
              cut={cut}
              number={index + 1}
              works={works}
              answers={answers}
            />
          ))}
        </ol>
        {path.alike > 0 && (
          <p className="mt-2 text-sm text-ink-3">
            {path.alike.toLocaleString("en")}
            {path.manyAlike && " or more"} {path.alike === 1 ? "further way takes" : "further ways take"} the same steps
            through other namespaces, accounts, pods or nodes.
          </p>
        )}
      </div>
    </>
  );
}

function Route({ path }: { readonly path: AttackPathView }) {
  return routeOf(path).map(({ place, by }, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <span className="text-ink-3">
          <span aria-hidden="true"> → </span>
          <span className="sr-only">, then </span>
        </span>
      )}
      <VisibleText text={place} />
      {by !== null && <span className="text-ink-3"> ({by})</span>}
    </Fragment>
  ));
}
