import type { CutView, PathsQuery, SubjectPaths } from "../../contracts/paths.ts";
import {
  findPaths,
  losingSubjects,
  minimumCut,
  searchFrom,
  searchTo,
  UNREACHED,
  wayOf,
  type AttackGraph,
  type AttackPath,
  type Vertex,
} from "../../engines/escalation/index.ts";
import { accessReviewKey, type AccessReview } from "../../model/access.ts";
import { AppError } from "../../model/app-error.ts";
import { severityRank } from "../../model/severity.ts";
import {
  compareSubjects,
  compareText,
  formatSubject,
  parseSubject,
  subjectUsername,
} from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";
import { changeView } from "../paths/change-view.ts";
import { laneGraph, type LanePath } from "../paths/lane-graph.ts";
import { foldedSteps, pathView } from "../paths/path-view.ts";
import { otherBindings, siblingsOf } from "../paths/siblings.ts";
import { placeOf, targetId, targetSeverity } from "../paths/place-words.ts";
import { smallest } from "../smallest.ts";
import { findSubjectId } from "./subject-detail.ts";

const SHOWN_TARGETS = 50;
const SHOWN_SUBJECTS = 20;
const SHOWN_LATENT = 5;

/**
 * How one subject gets to a target and what stops it; the worst target that it reaches unless the query names one. Also what else it reaches, and
 * who can become it.
 * @throws AppError `not_found` for an unknown subject, `invalid_input` for a target that is none.
 */
export function subjectPaths(
  analysis: AccessAnalysis,
  text: string,
  { to, max }: PathsQuery,
): Omit<SubjectPaths, "liveCheck"> {
  const id = findSubjectId(analysis, text);
  const { graph } = analysis.escalation;
  const source = graph.sourceOf(id);
  const targets = reachedTargets(graph, source);
  const shown = to === "" ? targets[0]?.position : findTarget(graph, to);
  const target = shown === undefined ? undefined : graph.vertices[shown];
  const found = shown === undefined ? [] : pathsTo(graph, source, shown, max);
  const latent = targets.length > 0 ? [] : latentPaths(graph, source);
  const lanes = found.length > 0 ? found : latent;
  return {
    targets: targets.slice(0, SHOWN_TARGETS).map(({ position: _position, ...view }) => view),
    targetCount: targets.length,
    target: target ? { id: targetId(target, graph.model) ?? to, place: placeOf(target, graph.model) } : null,
    paths: found.map(({ path }) => path),
    lanes: laneGraph(lanes),
    cut: shown === undefined ? null : cutOf(graph, source, shown),
    latent: latent.map(({ path }) => path),
    becomable: becomable(graph, id),
  };
}

/**
 * What the API server can be asked about one of the paths that `subjectPaths` shows, by its position: each question once, in the order of the steps.
 * @throws AppError as `subjectPaths`; `not_found` when there is no such path.
 */
export function pathReviews(
  analysis: AccessAnalysis,
  text: string,
  { to, path }: { readonly to: string; readonly path: number },
): readonly AccessReview[] {
  const { paths, latent } = subjectPaths(analysis, text, { to, max: path + 1 });
  const shown = (paths.length > 0 ? paths : latent)[path];
  if (!shown) throw new AppError("not_found", "This subject has no such path");
  const reviews = shown.steps.flatMap(({ needs }) => needs.flatMap((need) => need.reviews));
  return [...new Map(reviews.map((review) => [accessReviewKey(review), review])).values()];
}

/**
 * The vertex of a target's name: `cluster-admin`, `masters`, `node-root`, `kube-system-secrets`, `namespace/NAME`, `cloud/ROLE` or a subject.
 * Undefined when nothing in this cluster leads there.
 * @throws AppError `invalid_input`.
 */
export function findTarget(graph: AttackGraph, text: string): number | undefined {
  if (text === "cluster-admin" || text === "masters" || text === "node-root" || text === "kube-system-secrets")
    return graph.find({ type: "target", target: text });
  if (text.startsWith("namespace/")) return graph.find({ type: "namespace-admin", namespace: text.slice(10) });
  if (text.startsWith("cloud/")) return graph.find({ type: "cloud-role", name: text.slice(6) });
  const subject = parseSubject(text);
  if (!subject)
    throw new AppError("invalid_input", `No target ${JSON.stringify(text)}`, {
      hint: "Targets are cluster-admin, masters, node-root, kube-system-secrets, namespace/NAME, cloud/ROLE, or a subject such as ServiceAccount:ns/name.",
    });
  const user = subjectUsername(subject);
  return graph.model.findSubject(user === undefined ? "group" : "user", user ?? subject.name);
}

/** Everything of interest that a source reaches: worst first, then nearest. Namespaces are left out where the whole cluster is reached. */
function reachedTargets(graph: AttackGraph, source: number) {
  const { effort } = searchFrom(graph, [source], { space: graph.space });
  const cluster = (effort[graph.target("cluster-admin")] ?? UNREACHED) < UNREACHED;
  const targets = [];
  for (let position = 0; position < graph.vertexCount; position += 1) {
    const vertex = graph.vertices[position];
    const reached = effort[position] ?? UNREACHED;
    if (reached === UNREACHED || !vertex || !isTarget(vertex) || (cluster && vertex.type === "namespace-admin"))
      continue;
    const id = targetId(vertex, graph.model);
    if (id === null) continue;
    const view = { id, place: placeOf(vertex, graph.model), severity: targetSeverity(vertex), effort: reached };
    targets.push({ position, ...view });
  }
  return targets.sort(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      Number(b.id === "cluster-admin") - Number(a.id === "cluster-admin") ||
      a.effort - b.effort ||
      compareText(a.id, b.id),
  );
}

function isTarget({ type }: Vertex): boolean {
  return type === "target" || type === "namespace-admin" || type === "cloud-role";
}

function pathsTo(graph: AttackGraph, source: number, target: number, max: number): readonly LanePath[] {
  return findPaths(graph, source, target, { max, remaining: graph.waysTo(target) })
    .filter(({ steps }) => steps.length > 0)
    .map((path) => lanePath(graph, path, target, null));
}

/** A path in words, with what the drawing says beside it. */
function lanePath(graph: AttackGraph, path: AttackPath, target: number, may: (() => boolean) | null): LanePath {
  const siblings = siblingsOf(graph, path, may);
  return {
    path: pathView(graph, path, target),
    steps: foldedSteps(path.steps).map((part, index) => ({
      siblings: siblings[index] ?? null,
      bindings: otherBindings(graph, part),
    })),
  };
}

/** What would take every path away, or null when nothing that is worth doing does. */
export function cutOf(graph: AttackGraph, source: number, target: number): CutView | null {
  const cut = minimumCut(graph, source, target);
  if (!cut || cut.changes.length === 0) return null;
  const losing = losingSubjects(graph, cut.changes, target);
  return {
    changes: cut.changes.map((change) => changeView(change, graph.model, graph.facts.cluster.objects)),
    smallest: cut.smallest,
    losing: {
      count: losing.length,
      subjects: smallest(
        losing.flatMap((id) => graph.model.subjects[id] ?? []),
        SHOWN_SUBJECTS,
        compareSubjects,
      ),
    },
  };
}

/** Ways to the cluster that only lack something, or that a control stands against. */
function latentPaths(graph: AttackGraph, source: number): readonly LanePath[] {
  const target = graph.target("cluster-admin");
  const may = () => true;
  const options = { max: SHOWN_LATENT, may, remaining: graph.toLatentTakeover };
  return findPaths(graph, source, target, options).map((path) => lanePath(graph, path, target, may));
}

function becomable(graph: AttackGraph, id: number): SubjectPaths["becomable"] {
  const { subjects, exists } = graph.model;
  const own = graph.sourceOf(id);
  const found = searchTo(graph, [...new Set([own, id])], { space: graph.space });
  const effortOf = (position: number) => found.effort[graph.sourceOf(position)] ?? UNREACHED;
  let count = 0;
  function* others() {
    for (let position = 0; position < subjects.length; position += 1) {
      const effort = effortOf(position);
      // Members of a group are the group, not somebody who can become it.
      if (position === id || effort === UNREACHED || effort === 0 || exists[position] !== true) continue;
      count += 1;
      yield position;
    }
  }
  const nearest = smallest(others(), SHOWN_SUBJECTS, (a, b) => {
    const [first, second] = [subjects[a], subjects[b]];
    return effortOf(a) - effortOf(b) || (first && second ? compareSubjects(first, second) : 0);
  });
  return {
    count,
    subjects: nearest.flatMap((position) => {
      const subject = subjects[position];
      if (!subject) return [];
      const first = wayOf(graph, found, graph.sourceOf(position), "to").find((step) => step.effort > 0);
      const action =
        first === undefined
          ? ""
          : first.via.type === "right"
            ? first.via.edge.sentence(first.via.place, graph.facts)
            : first.via.link.name;
      return [{ id: formatSubject(subject), subject, effort: effortOf(position), first: action }];
    }),
  };
}
