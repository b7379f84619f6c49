import type { LaneMore } from "../../contracts/paths.ts";
import {
  grantsOfStep,
  stepKind,
  type AttackGraph,
  type AttackPath,
  type Step,
} from "../../engines/escalation/index.ts";
import { formatObject } from "../../model/object-ref.ts";
import { compareText } from "../../model/subject-name.ts";
import { foldedSteps } from "./path-view.ts";
import { placeOf } from "./place-words.ts";

const SHOWN_ITEMS = 40;
/** Vertices looked at around one place before the count is a lower bound. */
const MOST_LOOKED_AT = 20_000;

const PLURALS: Readonly<Record<string, string>> = {
  subject: "accounts and users",
  account: "accounts",
  "new-pods": "namespaces",
  pods: "namespaces",
  secrets: "namespaces",
  "namespace-admin": "namespaces",
  node: "nodes",
  role: "roles",
};

/** Which steps count as ways: null for those that work now, as in searches. */
type May = ((step: Step) => boolean) | null;

/**
 * For each part of a path what else could stand where it ends: reached from the part before by the same kind of step, and leading on to the
 * next part by the same kind. Null where nothing else could, and at the end of the path. Cost: the steps around each place.
 */
export function siblingsOf(graph: AttackGraph, { steps }: AttackPath, may: May): readonly (LaneMore | null)[] {
  const parts = foldedSteps(steps);
  return parts.map((part, index) => {
    const next = parts[index + 1];
    const from = part[0]?.from;
    const here = part.at(-1)?.to;
    const to = next?.at(-1)?.to;
    if (from === undefined || here === undefined || to === undefined || !next) return null;
    const forward = around(graph, from, "from", mainKind(part), may);
    // What only leads to such a place without effort is a wider name for it.
    const backward = around(graph, to, "to", mainKind(next), may, { onward: false });
    return moreOf(
      graph,
      here,
      [...forward.found].filter((vertex) => backward.found.has(vertex)),
      { atLeast: forward.cut || backward.cut },
    );
  });
}

/** Bindings beside the first that give the right of a step; null when there are none. */
export function otherBindings(graph: AttackGraph, part: readonly Step[]): LaneMore | null {
  const main = mainOf(part);
  const [first = []] = main ? grantsOfStep(graph, main) : [];
  const bindings = [...new Set(first.map(({ binding }) => binding))].slice(1);
  const items = bindings.flatMap((position) => {
    const ref = graph.model.bindings[position]?.ref;
    return ref ? [formatObject(ref)] : [];
  });
  if (items.length === 0) return null;
  return {
    count: items.length,
    atLeast: false,
    what: "Bindings that give it as well",
    items: items.slice(0, SHOWN_ITEMS),
  };
}

function moreOf(
  graph: AttackGraph,
  here: number,
  others: readonly number[],
  { atLeast }: { readonly atLeast: boolean },
): LaneMore | null {
  const type = graph.vertices[here]?.type;
  const titles = new Set<string>();
  for (const position of others) {
    const vertex = graph.vertices[position];
    if (vertex && vertex.type === type && position !== here) titles.add(placeOf(vertex, graph.model).title);
  }
  const own = graph.vertices[here];
  if (own) titles.delete(placeOf(own, graph.model).title);
  if (titles.size === 0) return null;
  const items = [...titles].sort(compareText);
  return {
    count: items.length,
    atLeast,
    what: `Further ${PLURALS[type ?? ""] ?? "places"} that lead on in the same way`,
    items: items.slice(0, SHOWN_ITEMS),
  };
}

function mainOf(part: readonly Step[]): Step | undefined {
  return part.find(({ effort }) => effort > 0) ?? part[0];
}

function mainKind(part: readonly Step[]): string {
  const main = mainOf(part);
  return main ? stepKind(main) : "";
}

/**
 * What one step of a kind, with free steps before it and, with `onward`, after it, reaches from a vertex; or, backwards, from where it reaches
 * the vertex.
 */
function around(
  graph: AttackGraph,
  vertex: number,
  direction: "from" | "to",
  kind: string,
  may: May,
  { onward = true }: { readonly onward?: boolean } = {},
): { readonly found: ReadonlySet<number>; readonly cut: boolean } {
  const before = new Set([vertex]);
  const found = new Set<number>();
  let looked = 0;
  for (const position of before) {
    if (looked > MOST_LOOKED_AT) break;
    graph.visit(position, direction, may, (other, effort, step) => {
      looked += 1;
      if (effort === 0) before.add(other);
      if (stepKind(graph.stepAt(step)) === kind) found.add(other);
    });
  }
  for (const position of onward ? found : []) {
    if (looked > MOST_LOOKED_AT) break;
    graph.visit(position, direction, may, (other, effort) => {
      looked += 1;
      if (effort === 0) found.add(other);
    });
  }
  return { found, cut: looked > MOST_LOOKED_AT };
}
