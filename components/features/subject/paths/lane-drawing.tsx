import { useId } from "react";
import { ToggleChip } from "#components/ui/chip.tsx";
import { cx } from "#components/ui/cx.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { AttackPathView, CutView, LaneEdge, LaneGraph } from "#lib/contracts/paths.ts";
import { LaneNodeBox } from "./lane-node-box.tsx";
import { edgeLine } from "./lane-line.ts";
import { extentText } from "#components/ui/paths/path-words.ts";

export type LaneDrawingProps = {
  readonly clusterId: string;
  readonly graph: LaneGraph;
  readonly paths: readonly AttackPathView[];
  readonly cut: CutView | null;
  /** The paths work now. */
  readonly works: boolean;
  /** Position of the highlighted path; -1: none. */
  readonly chosen: number;
  readonly onChoose: (position: number) => void;
};

/** The paths as a drawing in lanes; the chosen one stands out. Where everything stands was decided by the server. */
export function LaneDrawing({ clusterId, graph, paths, cut, works, chosen, onChoose }: LaneDrawingProps) {
  const captionId = useId();
  const path = paths[chosen];
  return (
    <figure aria-labelledby={captionId}>
      <div className="flex flex-wrap items-center gap-1.5 px-3.5 pt-3" role="group" aria-label="Highlighted path">
        {paths.map((one, index) => (
          <ToggleChip key={index} pressed={index === chosen} onPressedChange={(on) => onChoose(on ? index : -1)}>
            Path {index + 1}
            <span>{extentText(one)}</span>
          </ToggleChip>
        ))}
      </div>
      <div className="overflow-x-auto px-3.5 py-3">
        <svg
          width={graph.width}
          height={graph.height}
          viewBox={`0 0 ${graph.width} ${graph.height}`}
          className="block overflow-visible"
          role="group"
          aria-label="Lanes from the subject to the target"
        >
          {graph.lanes.map((lane, index) => (
            <text key={index} x={lane.x} y={12} className="fill-ink-3 text-sm">
              {lane.title}
            </text>
          ))}
          <g aria-hidden="true" fill="none">
            {inDrawingOrder(graph.edges, chosen).map((edge) => (
              <path
                key={edge.id}
                d={edgeLine(edge.points)}
                strokeDasharray={edge.state === "active" ? undefined : "4 3"}
                className={edgeClass(edge, chosen)}
              />
            ))}
          </g>
          {graph.nodes.map((node) => (
            <foreignObject
              key={node.id}
              x={node.x}
              y={node.y}
              width={graph.nodeWidth}
              height={graph.nodeHeight}
              className="overflow-visible"
            >
              <LaneNodeBox
                clusterId={clusterId}
                node={node}
                cut={cut}
                works={works}
                lines={graph.nodeHeight > 80 ? 3 : 2}
                lit={chosen < 0 || node.paths.includes(chosen)}
                onChoose={() => onChoose(nextPath(node.paths, chosen))}
              />
            </foreignObject>
          ))}
        </svg>
      </div>
      <figcaption id={captionId} className="border-t border-line px-3.5 py-2 text-ink-2">
        {path ? (
          <>
            <span className="text-ink-3">Path {chosen + 1}: </span>
            <VisibleText text={path.sentence} />
          </>
        ) : (
          "All paths; choose one to follow it."
        )}
        {!works && <span className="text-ink-3"> Dashed: does not work now.</span>}
      </figcaption>
    </figure>
  );
}

/** The chosen path lies above the others. */
function inDrawingOrder(edges: readonly LaneEdge[], chosen: number): readonly LaneEdge[] {
  return edges.toSorted((a, b) => Number(a.paths.includes(chosen)) - Number(b.paths.includes(chosen)));
}

function edgeClass(edge: LaneEdge, chosen: number): string {
  if (!edge.paths.includes(chosen)) return "stroke-line-strong";
  return cx("stroke-[1.8px]", edge.state === "active" ? "stroke-accent" : "stroke-unknown");
}

/** The path after the chosen one that leads through a node; the first one again after the last. */
function nextPath(paths: readonly number[], chosen: number): number {
  return paths.find((path) => path > chosen) ?? paths[0] ?? -1;
}
