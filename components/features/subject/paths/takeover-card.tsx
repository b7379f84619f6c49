import { ShieldQuestion } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { ToggleChip } from "#components/ui/chip.tsx";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { plural } from "#components/ui/plural.ts";
import type { Completeness } from "#lib/contracts/common.ts";
import type { AttackPathView, SubjectPaths } from "#lib/contracts/paths.ts";
import { DrawingCheck } from "./drawing-check.tsx";
import { LaneDrawing } from "./lane-drawing.tsx";
import { PathItem } from "./path-item.tsx";
import { TargetChooser } from "./target-chooser.tsx";
import { PATH_VIEWS, type PathView, type usePathsState } from "./use-paths-state.ts";

const VIEW_WORDS: Readonly<Record<PathView, string>> = { steps: "Steps", drawing: "Drawing" };

export type TakeoverCardProps = {
  readonly clusterId: string;
  readonly subjectId: string;
  readonly data: SubjectPaths;
  readonly state: ReturnType<typeof usePathsState>;
  readonly incomplete: boolean;
  readonly completeness: Completeness;
};

/** The paths to the chosen target, as steps or as a drawing; where none works, those that only lack something. */
export function TakeoverCard({ clusterId, subjectId, data, state, incomplete, completeness }: TakeoverCardProps) {
  const works = data.paths.length > 0;
  const paths = works ? data.paths : data.latent;
  const chosen = paths[state.chosen];
  const drawing = state.view === "drawing" && data.lanes !== null;
  return (
    <Card
      title="How it takes over"
      beside={paths.length > 0 && <ViewSwitch view={state.view} onChange={state.setView} />}
      completeness={<Extent data={data} completeness={completeness} />}
    >
      <TargetChooser paths={data} onChoose={state.setTarget} />
      {paths.length === 0 ? (
        <NoPath data={data} incomplete={incomplete} onShowWorst={() => state.setTarget("")} />
      ) : (
        <>
          {!works && (
            <div className="px-3.5 pt-3.5">
              <Callout tone="none" title="No known way to the cluster works now">
                {plural(paths.length, "way")} would work if something else changed.{" "}
                {paths.length === 1 ? "It is" : "They are"} not active and {paths.length === 1 ? "does" : "do"} not
                count as a risk.
              </Callout>
            </div>
          )}
          {drawing && data.lanes && (
            <div className="max-md:hidden print:hidden">
              <LaneDrawing
                clusterId={clusterId}
                graph={data.lanes}
                paths={paths}
                cut={data.cut}
                works={works}
                chosen={state.chosen}
                onChoose={state.choose}
              />
              {chosen && <DrawingCheck path={chosen} shown={{ clusterId, subjectId, data, position: state.chosen }} />}
            </div>
          )}
          <div className={drawing ? "md:hidden print:block" : undefined}>
            <PathList clusterId={clusterId} subjectId={subjectId} paths={paths} data={data} state={state} />
          </div>
          {works && state.mayShowMore(data.paths.length) && (
            <div className="border-t border-line px-3.5 py-2" data-print="hide">
              <Button size="sm" onClick={state.showMore}>
                Look for more ways
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

type PathListProps = Pick<TakeoverCardProps, "clusterId" | "subjectId" | "data" | "state"> & {
  readonly paths: readonly AttackPathView[];
};

function PathList({ clusterId, subjectId, paths, data, state }: PathListProps) {
  return (
    <ol aria-label="Paths">
      {paths.map((path, index) => (
        <PathItem
          key={index}
          path={path}
          shown={{ clusterId, subjectId, data, position: index }}
          cut={data.cut}
          open={index === state.chosen}
          onToggle={() => state.choose(index === state.chosen ? -1 : index)}
        />
      ))}
    </ol>
  );
}

function ViewSwitch({ view, onChange }: { readonly view: PathView; readonly onChange: (view: PathView) => void }) {
  return (
    <div role="group" aria-label="Shown as" className="flex gap-1.5 max-md:hidden" data-print="hide">
      {PATH_VIEWS.map((option) => (
        <ToggleChip key={option} pressed={option === view} onPressedChange={() => onChange(option)}>
          {VIEW_WORDS[option]}
        </ToggleChip>
      ))}
    </div>
  );
}

function Extent({ data, completeness }: { readonly data: SubjectPaths; readonly completeness: Completeness }) {
  if (completeness.gaps.length > 0) return <CoverageNote completeness={completeness} />;
  return data.paths.length > 0 ? `${plural(data.paths.length, "way")} shown, easiest first` : null;
}

type NoPathProps = { readonly data: SubjectPaths; readonly incomplete: boolean; readonly onShowWorst: () => void };

/** Nothing found: none known, or not known where something could not be read. */
function NoPath({ data, incomplete, onShowWorst }: NoPathProps) {
  const elsewhere = data.targets.length > 0;
  return (
    <EmptyState
      icon={<ShieldQuestion aria-hidden="true" />}
      title={
        incomplete
          ? "Not known: some of the cluster could not be read"
          : elsewhere
            ? "No way to this target is known"
            : "No way to the cluster is known"
      }
      {...(elsewhere ? { actions: <Button onClick={onShowWorst}>Show the worst that it reaches</Button> } : {})}
    >
      {incomplete
        ? "No way was found in what could be read; a right or an object that could not be read may open one."
        : "Followed were its rights, the accounts and pods they lead to, and what those may do in turn."}
    </EmptyState>
  );
}
