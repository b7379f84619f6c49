import {
  clusterFacts,
  findEscalations,
  findPaths,
  minimumCut,
  searchTo,
  UNREACHED,
  type AttackGraph,
} from "../lib/engines/escalation/index.ts";
import { compileAccess } from "../lib/engines/rbac/index.ts";
import { analyzeAccess } from "../lib/analysis/analyze-access.ts";
import { subjectDetail } from "../lib/analysis/questions/subject-detail.ts";
import { subjectPaths } from "../lib/analysis/questions/subject-paths.ts";
import { warmUp } from "../lib/analysis/warm-up.ts";
import { formatSubject } from "../lib/model/subject-name.ts";
import { decodeSnapshot, encodeSnapshot } from "../lib/snapshot/index.ts";
import { makeFacts, makeObjects, makeSnapshot } from "./cluster.ts";
import { formatMs, measureInTurns, percentile } from "./measure.ts";
import { seededRandom } from "./random.ts";

/** One rule in fifty has wildcards or powerful rights: about one subject in fifty can take over, as in large clusters. */
const DANGEROUS = 0.02;
const SUBJECTS_SHOWN = 200;
const NAIVE_SUBJECTS = 100;

/** P5: the attack graph and all shortest ways to all targets, against a breadth-first search from every subject; then ways and cuts of single subjects. */
export function benchPaths(): void {
  const random = seededRandom(5);
  const facts = makeFacts(random, DANGEROUS);
  const objects = makeObjects(facts, random);
  const { coverage } = facts;
  const startedAt = performance.now();
  const model = compileAccess(facts);
  const cluster = clusterFacts({ objects, apiResources: [], coverage, source: { type: "demo", name: "bench" } });
  const { graph } = findEscalations(model, { minor: 37, cluster });
  const builtAt = performance.now();
  const targets = graph.vertices.flatMap(({ type }, position) =>
    type === "target" || type === "namespace-admin" || type === "cloud-role" ? [position] : [],
  );
  const efforts = targets.map((target) => graph.effortTo(target));
  const searchedAt = performance.now();
  let reached = 0;
  for (const effortOf of efforts)
    for (const subject of model.subjects.keys()) if (effortOf(subject) < UNREACHED) reached += 1;
  const memory = process.memoryUsage();
  console.log(
    `P5 paths: ${model.bindings.length} bindings, ${model.roles.length} roles, ${model.subjects.length} subjects, ${objects.pods.length} pods`,
  );
  console.log(
    `  graph                        ${graph.vertices.length} vertices, ${graph.steps.length} steps in ${formatMs(builtAt - startedAt)}`,
  );
  console.log(
    `  all shortest ways            to ${targets.length} targets in ${formatMs(searchedAt - builtAt)}, ${reached.toLocaleString("en-US")} pairs; together ${formatMs(searchedAt - startedAt)}, bound 5,000 ms`,
  );
  console.log(`  memory                       ${Math.round(memory.rss / 2 ** 20)} MiB resident, bound 1,024 MiB`);
  comparePlain(graph);
  showSubjects(graph);
}

/** One reverse search for everybody against one forward search for each subject, to the same target. */
function comparePlain(graph: AttackGraph): void {
  const target = graph.target("cluster-admin");
  const subjects = graph.model.subjects.length;
  const step = Math.floor(subjects / NAIVE_SUBJECTS);
  const sample = Array.from({ length: NAIVE_SUBJECTS }, (_, index) => index * step);
  let wrong = differences(graph);
  const expected = graph.toTakeover.effort;
  const { ours, plain } = measureInTurns(3, {
    ours: () => void searchTo(graph, [target]),
    plain: () => {
      for (const subject of sample)
        if (breadthFirst(graph, subject, target) !== (expected[subject] ?? UNREACHED) < UNREACHED) wrong += 1;
    },
  });
  const all = (plain.medianMs * subjects) / sample.length;
  console.log(
    `  ratio to breadth-first       ${Math.round(all / ours.medianMs).toLocaleString("en-US")} × (${formatMs(ours.medianMs)} against ${formatMs(all)}, scaled from ${sample.length} subjects), ${wrong} different answers`,
  );
}

/** Efforts by way of cluster-admin against a whole search, for some targets. */
function differences(graph: AttackGraph): number {
  const targets = graph.vertices.flatMap(({ type }, position) => (type === "namespace-admin" ? [position] : []));
  let different = 0;
  for (const target of targets.slice(0, 20)) {
    const { effort } = searchTo(graph, [target]);
    const effortOf = graph.effortTo(target);
    for (const vertex of graph.vertices.keys()) if (effort[vertex] !== effortOf(vertex)) different += 1;
  }
  return different;
}

/** Whether a target is reached, step by step without any estimate. */
function breadthFirst(graph: AttackGraph, from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const vertex of seen) {
    if (vertex === to) return true;
    graph.visit(vertex, "from", null, (other) => void seen.add(other));
  }
  return false;
}

/**
 * Everything that a subject's page shows, for subjects that take over the cluster and for others. Run by itself it has the memory of a thread that answers
 * for one cluster; after other benchmarks some page pays for collecting what they left.
 */
export function benchPages(): void {
  // Compiled from its stored form and prepared, as in the thread that answers.
  const analysis = analyzeAccess(decodeSnapshot(encodeSnapshot(makeSnapshot(seededRandom(5), DANGEROUS))));
  const { model, escalation } = analysis;
  const takers = [...model.subjects.keys()].filter(
    (id) => (escalation.graph.toTakeover.effort[escalation.graph.sourceOf(id)] ?? UNREACHED) < UNREACHED,
  );
  const some = (ids: readonly number[]) =>
    Array.from({ length: SUBJECTS_SHOWN }, (_, index) => ids[Math.floor((index * ids.length) / SUBJECTS_SHOWN)] ?? 0);
  const timeOf = (id: number) => {
    const subject = model.subjects[id];
    const name = subject ? formatSubject(subject) : "";
    const startedAt = performance.now();
    subjectDetail(analysis, name);
    subjectPaths(analysis, name, { to: "", max: 5 });
    return performance.now() - startedAt;
  };
  const unprepared = timeOf(takers[0] ?? 0);
  const startedAt = performance.now();
  const parts = [...warmUp(analysis)].length;
  const preparedAt = performance.now();
  const times = [...some(takers), ...some([...model.subjects.keys()])].map(timeOf);
  const [first = 0] = times;
  times.sort((a, b) => a - b);
  console.log(`Pages: ${model.bindings.length} bindings, ${model.subjects.length} subjects`);
  console.log(
    `  preparing pages              ${formatMs(preparedAt - startedAt)} in ${parts} parts; the first page before it ${formatMs(unprepared)}`,
  );
  console.log(
    `  a subject's whole page       the first ${formatMs(first)}, median ${formatMs(percentile(times, 0.5))}, p95 ${formatMs(percentile(times, 0.95))}, max ${formatMs(times.at(-1) ?? 0)}, bound 300 ms`,
  );
}

/** What a subject's page asks: the five shortest ways that differ, and the cut. */
function showSubjects(graph: AttackGraph): void {
  const target = graph.target("cluster-admin");
  const reaching = [...graph.model.subjects.keys()].filter(
    (id) => (graph.toTakeover.effort[id] ?? UNREACHED) < UNREACHED,
  );
  const step = Math.max(1, Math.floor(reaching.length / SUBJECTS_SHOWN));
  const pathTimes: number[] = [];
  const cutTimes: number[] = [];
  let smallest = 0;
  for (let index = 0; index < reaching.length; index += step) {
    const source = graph.sourceOf(reaching[index] ?? 0);
    const startedAt = performance.now();
    findPaths(graph, source, target, { max: 5, remaining: graph.toTakeover });
    const foundAt = performance.now();
    const cut = minimumCut(graph, source, target);
    pathTimes.push(foundAt - startedAt);
    cutTimes.push(performance.now() - foundAt);
    if (cut?.smallest) smallest += 1;
  }
  for (const [name, times] of [
    ["five ways of a subject", pathTimes],
    ["its smallest cut", cutTimes],
  ] as const) {
    times.sort((a, b) => a - b);
    console.log(
      `  ${name.padEnd(28)} median ${formatMs(percentile(times, 0.5))}, p95 ${formatMs(percentile(times, 0.95))}, max ${formatMs(times.at(-1) ?? 0)}, bound 300 ms for the page`,
    );
  }
  console.log(`  cuts proven smallest         ${smallest} of ${cutTimes.length}`);
}
