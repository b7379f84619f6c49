import type {
  AttackPathView,
  LaneEdge,
  LaneGraph,
  LaneMore,
  LaneNode,
  PathPlace,
  PathStep,
} from "../../contracts/paths.ts";
import type { Grant } from "../../model/access.ts";
import { formatObject, type ObjectRef, qualifiedName } from "../../model/object-ref.ts";
import { formatSubject } from "../../model/subject-name.ts";

/** A path with what the drawing says beside it. */
export interface LanePath {
  readonly path: AttackPathView;
  /** For each step. */
  readonly steps: readonly {
    /** What else could stand where it leads. */
    readonly siblings: LaneMore | null;
    /** What else gives its right. */
    readonly bindings: LaneMore | null;
  }[];
}

/** Between two rows. */
const ROW_GAP = 16;
/** Room for the titles of the lanes. */
const TOP = 30;

/** One node of one path: what it is, and the state of the step that leads to it. */
interface Stop {
  readonly node: Omit<LaneNode, "id" | "x" | "y" | "paths">;
  readonly state: PathStep["state"];
}

/** A stop with its place in the grid. The row is that of the first path that leads through it. */
interface PlacedStop extends Stop {
  readonly id: string;
  readonly lane: number;
  row: number;
  readonly paths: number[];
}

interface GridEdge {
  readonly id: string;
  readonly from: PlacedStop;
  readonly to: PlacedStop;
  readonly state: PathStep["state"];
  /** The row in which it passes the lanes between its ends. */
  readonly row: number;
  readonly paths: number[];
}

/**
 * Lays paths out in lanes: subject, group, binding, role, then what is gained step by step, and the target. Each path runs in a row of its own until it
 * meets another: what two paths share in one lane is drawn once, in the row of the first. So lines never run through nodes that
 * are not on their path. Equal paths give equal drawings; null when there is no path. Never throws.
 */
export function laneGraph(paths: readonly LanePath[]): LaneGraph | null {
  if (paths.length === 0) return null;
  const starts = paths.map(({ path, steps }) => startStops(path, steps));
  const middles = paths.map(({ path, steps }) => middleStops(path, steps));
  const leading = starts.reduce<readonly boolean[]>(
    (used, stops) => stops.map((stop, lane) => used[lane] === true || stop !== null),
    [],
  );
  const depth = Math.max(...middles.map(({ length }) => length));
  const columns = paths.map(({ path }, index) => [
    ...(starts[index] ?? []).filter((_, lane) => leading[lane]),
    ...Array.from({ length: depth }, (_, lane) => middles[index]?.[lane] ?? null),
    { node: placeNode(path.to), state: path.steps.at(-1)?.state ?? "active" },
  ]);
  const titles = [
    ...["Subject", "Group", "Binding", "Role"].filter((_, lane) => leading[lane]),
    ...Array.from({ length: depth }, (_, lane) => (lane === 0 ? "What that gives, step by step" : "")),
    "Target",
  ];
  return drawn(placed(columns), titles);
}

/** Subject, group, binding and role of the first step; null where it has none. */
function startStops({ from, steps: [step] }: AttackPathView, [extra]: LanePath["steps"]): readonly (Stop | null)[] {
  const subject: Stop = { node: placeNode(from), state: "active" };
  const grants = step?.needs.flatMap(({ grant }) => grant ?? []) ?? [];
  const [grant] = grants;
  if (!grant) return [subject, null, null, null];
  const through = formatSubject(grant.through);
  const group: Stop | null =
    through === from.subject
      ? null
      : {
          node: placeNode({ type: "group", label: grant.through.kind, title: grant.through.name, subject: through }),
          state: "active",
        };
  return [
    subject,
    group,
    {
      node: { ...objectNode("binding", grant.binding, null), more: needsMore(grants) ?? extra?.bindings ?? null },
      state: "active",
    },
    { node: objectNode("role", grant.role, `rules[${grant.ruleIndex}]`), state: "active" },
  ];
}

/** Bindings that the step needs beside the first. */
function needsMore(grants: readonly Grant[]): LaneMore | null {
  const [first, ...others] = new Map(grants.map(({ binding }) => [qualifiedName(binding), binding])).values();
  if (!first || others.length === 0) return null;
  return {
    count: others.length,
    atLeast: false,
    what: "Bindings that are needed as well",
    items: others.map((ref) => formatObject(ref)),
  };
}

/** What lies between the role and the target: each place a step leads to, and the right that ends the path. Later steps name their binding in passing. */
function middleStops({ steps }: AttackPathView, extras: LanePath["steps"]): readonly Stop[] {
  return steps.flatMap((step, index): readonly Stop[] => {
    const extra = extras[index];
    const { name } = step;
    const grant = index === 0 ? undefined : step.needs.flatMap((need) => need.grant ?? [])[0];
    const object = grant?.binding ?? null;
    const binding = object ? formatObject(object) : null;
    if (index < steps.length - 1) {
      const detail = binding === null ? name : `${name} by ${binding}`;
      return [{ node: { ...placeNode(step.to), object, detail, more: extra?.siblings ?? null }, state: step.state }];
    }
    if (step.needs.length === 0) return [];
    const more = index === 0 ? null : (extra?.bindings ?? null);
    const detail = binding ?? step.needs[0]?.request ?? "";
    return [
      {
        node: { type: "capability", label: "Right", title: name, detail, subject: null, object, more },
        state: "active",
      },
    ];
  });
}

function placeNode({ type, label, title, subject }: PathPlace): Stop["node"] {
  return { type, label, title, detail: null, subject: subject ?? null, object: null, more: null };
}

function objectNode(type: "binding" | "role", ref: ObjectRef, detail: string | null): Stop["node"] {
  return { type, label: ref.kind, title: qualifiedName(ref), detail, subject: null, object: ref, more: null };
}

/** Joins what paths share within a lane, and ties each path's stops together. */
function placed(columns: readonly (readonly (Stop | null)[])[]): {
  readonly stops: readonly PlacedStop[];
  readonly edges: readonly GridEdge[];
} {
  const stops = new Map<string, PlacedStop>();
  const edges = new Map<string, GridEdge>();
  columns.forEach((column, path) => {
    let before: PlacedStop | undefined;
    column.forEach((stop, lane) => {
      if (!stop) return;
      const { type, label, title } = stop.node;
      const id = JSON.stringify([lane, type, label, title]);
      let here = stops.get(id);
      if (!here) stops.set(id, (here = { ...stop, id, lane, row: path, paths: [] }));
      here.paths.push(path);
      if (before) {
        const edgeId = `${before.id} ${id} ${stop.state}`;
        let edge = edges.get(edgeId);
        if (!edge)
          edges.set(edgeId, (edge = { id: edgeId, from: before, to: here, state: stop.state, row: path, paths: [] }));
        edge.paths.push(path);
      }
      before = here;
    });
  });
  return { stops: [...stops.values()], edges: [...edges.values()] };
}

/** Gives everything its position in pixels, without empty rows. */
function drawn({ stops, edges }: ReturnType<typeof placed>, titles: readonly string[]): LaneGraph {
  const isLong = ({ from, to }: GridEdge) => to.lane - from.lane > 1;
  const used = [...new Set([...stops.map(({ row }) => row), ...edges.filter(isLong).map(({ row }) => row)])].sort(
    (a, b) => a - b,
  );
  const { nodeWidth, nodeHeight, gap } = sizes(titles.length);
  const left = (lane: number) => lane * (nodeWidth + gap);
  const top = (row: number) => TOP + used.indexOf(row) * (nodeHeight + ROW_GAP);
  const middle = (row: number) => top(row) + nodeHeight / 2;
  const ids = new Map(stops.map(({ id }, index) => [id, `n${index}`]));
  return {
    width: left(titles.length - 1) + nodeWidth,
    height: TOP + used.length * (nodeHeight + ROW_GAP) - ROW_GAP,
    nodeWidth,
    nodeHeight,
    lanes: titles.map((title, lane) => ({ title, x: left(lane) })),
    nodes: stops
      .toSorted((a, b) => a.lane - b.lane || a.row - b.row)
      .map(({ id, node, lane, row, paths }) => ({ id: ids.get(id) ?? id, ...node, x: left(lane), y: top(row), paths })),
    edges: edges.map(({ from, to, state, row, paths }, index): LaneEdge => {
      const between = Array.from({ length: to.lane - from.lane - 1 }, (_, at) => left(from.lane + 1 + at));
      return {
        id: `e${index}`,
        state,
        paths,
        points: [
          { x: left(from.lane) + nodeWidth, y: middle(from.row) },
          ...between.flatMap((x) => [
            { x, y: middle(row) },
            { x: x + nodeWidth, y: middle(row) },
          ]),
          { x: left(to.lane), y: middle(to.row) },
        ],
      };
    }),
  };
}

/** As wide as up to ten lanes may be to stand side by side on a desk; where they are narrow, names take three lines. */
function sizes(lanes: number): { readonly nodeWidth: number; readonly nodeHeight: number; readonly gap: number } {
  if (lanes <= 5) return { nodeWidth: 188, nodeHeight: 78, gap: 44 };
  if (lanes === 6) return { nodeWidth: 162, nodeHeight: 78, gap: 30 };
  if (lanes === 7) return { nodeWidth: 142, nodeHeight: 78, gap: 24 };
  if (lanes === 8) return { nodeWidth: 124, nodeHeight: 94, gap: 20 };
  return { nodeWidth: lanes === 9 ? 110 : 100, nodeHeight: 94, gap: 16 };
}
