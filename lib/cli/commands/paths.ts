import { analyzeAccess, isSystemSubject } from "../../analysis/analyze-access.ts";
import { pathView } from "../../analysis/paths/path-view.ts";
import { cutOf, findTarget } from "../../analysis/questions/subject-paths.ts";
import { findSubjectId } from "../../analysis/questions/subject-detail.ts";
import { countOf } from "../../analysis/words.ts";
import type { AttackPathView, CutView, PathPlace } from "../../contracts/paths.ts";
import { findPaths, UNREACHED, type AttackGraph } from "../../engines/escalation/index.ts";
import { AppError } from "../../model/app-error.ts";
import { formatObject } from "../../model/object-ref.ts";
import { compareText, formatSubject, parseSubject } from "../../model/subject-name.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { askLive, type LiveAnswers } from "../live-answers.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { isManifestPath, readSource } from "../source.ts";

const DEFAULT_TARGET = "cluster-admin";
const DEFAULT_MAX = 5;
const DEFAULT_MAX_SUBJECTS = 100;
const MOST_PATHS = 1000;

export const paths: Command = {
  name: "paths",
  summary: "how subjects can take over the cluster, and the change that stops it",
  help: `SOURCE [--from SUBJECT] [--to TARGET] [--max N] [--check-live]

SUBJECT is ServiceAccount:ns/name, User:name or Group:name. With it, up to N (${DEFAULT_MAX}) ways that really differ are shown; without it the shortest
way of up to N (${DEFAULT_MAX_SUBJECTS}) subjects, nearest first, Kubernetes' own left out.
TARGET is cluster-admin (default), masters, node-root, kube-system-secrets, namespace/NAME, cloud/ROLE, or a subject.
--check-live asks the API server of --context or --in-cluster whether it allows every right of these paths; it changes nothing there.

Exit status: 0 no path, 1 there is one, 2 bad usage or input, 3 cluster not reachable.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      {
        ...SOURCE_OPTIONS,
        from: { type: "string" },
        to: { type: "string" },
        max: { type: "string" },
        "check-live": { type: "boolean" },
      },
      "paths",
    );
    if (positionals.length > 0) throw usageError(`Unexpected argument ${JSON.stringify(positionals[0])}`, "paths");
    const max = readMax(values.max, values.from === undefined ? DEFAULT_MAX_SUBJECTS : DEFAULT_MAX);
    const checksLive = values["check-live"] === true;
    if (checksLive && values.context === undefined && values["in-cluster"] !== true)
      throw usageError("--check-live needs a live cluster: --context or --in-cluster", "paths");
    const format = chooseFormat(values.output, [], terminal);
    const analysis = analyzeAccess(await readSource(values, terminal));
    const { graph } = analysis.escalation;
    const to = values.to ?? DEFAULT_TARGET;
    const target = findTarget(graph, to);
    if (target === undefined && !isKnown(to, graph))
      throw new AppError("not_found", `Nothing in this input is called ${JSON.stringify(to)}`, {
        hint: "No path leads to what is not there. Namespaces, roles of a cloud and subjects are named as the objects name them.",
      });
    const subjects =
      values.from !== undefined
        ? [findSubjectId(analysis, values.from)]
        : target === undefined
          ? []
          : nearestSubjects(graph, target, (id) => isSystemSubject(analysis, id)).slice(0, max);
    const found: FoundPath[] = [];
    const cuts: FoundCut[] = [];
    for (const subject of subjects) {
      if (target === undefined) break;
      const source = graph.sourceOf(subject);
      const from = formatSubject(graph.model.subjects[subject] ?? { kind: "User", name: "" });
      const ways = findPaths(graph, source, target, { max: values.from === undefined ? 1 : max });
      for (const way of ways) if (way.steps.length > 0) found.push({ from, path: pathView(graph, way, target) });
      if (ways.length > 0) cuts.push({ from, cut: cutOf(graph, source, target) });
    }
    const steps = found.flatMap(({ path }) => path.steps);
    const live = checksLive ? await askLive(values, steps, terminal) : null;
    if (format === "json") await terminal.write(toJson(asJson(found, cuts, to, live)));
    else await terminal.write(asText(found, cuts, to, live));
    return found.length > 0 ? EXIT.no : EXIT.good;
  },
};

/** Whether a target may be asked for although nothing leads there: one that every cluster has, or a namespace that is there. */
function isKnown(text: string, { facts, model }: AttackGraph): boolean {
  if (text.startsWith("namespace/")) {
    const namespace = text.slice("namespace/".length);
    return (
      facts.cluster.namespaces.includes(namespace) ||
      model.bindings.some((binding) => binding.ref.namespace === namespace) ||
      model.roles.some(({ ref }) => ref.namespace === namespace)
    );
  }
  return !text.startsWith("cloud/") && parseSubject(text) === null;
}

interface FoundPath {
  readonly from: string;
  readonly path: AttackPathView;
}

interface FoundCut {
  readonly from: string;
  readonly cut: CutView | null;
}

function readMax(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const max = Number(text);
  if (!Number.isInteger(max) || max < 1 || max > MOST_PATHS)
    throw usageError(`--max takes a whole number from 1 to ${MOST_PATHS}`, "paths");
  return max;
}

/** Subjects that reach a target, nearest first. Accounts that only bindings name count: they may be made at any time. */
function nearestSubjects(graph: AttackGraph, target: number, isLeftOut: (id: number) => boolean): readonly number[] {
  const { effort } = graph.waysTo(target);
  const effortOf = (id: number) => effort[graph.sourceOf(id)] ?? UNREACHED;
  const nameOf = (id: number) => formatSubject(graph.model.subjects[id] ?? { kind: "User", name: "" });
  return [...graph.model.subjects.keys()]
    .filter((id) => effortOf(id) < UNREACHED && !isLeftOut(id))
    .sort((a, b) => effortOf(a) - effortOf(b) || compareText(nameOf(a), nameOf(b)));
}

function asJson(found: readonly FoundPath[], cuts: readonly FoundCut[], to: string, live: LiveAnswers | null) {
  return {
    paths: found.map(({ from, path }) => ({
      from,
      to,
      severity: path.severity,
      effort: path.effort,
      alike: path.alike,
      steps: path.steps.map(({ id, action, from: before, to: after, state, reason, needs, facts }) => ({
        edge: id,
        action,
        from: placeName(before),
        to: placeName(after),
        state,
        ...(reason === null ? {} : { reason }),
        because: [
          ...needs.map((need) => ({ request: need.request, grant: need.grant, ...(live ? { live: live(need) } : {}) })),
          ...facts.map((fact) => ({ fact })),
        ],
      })),
    })),
    cuts: cuts.map(({ from, cut }) => ({ from, to, ...(cut ?? { changes: null }) })),
  };
}

function placeName({ subject, label, title }: PathPlace): string {
  return subject ?? `${label} ${title}`;
}

function asText(found: readonly FoundPath[], cuts: readonly FoundCut[], to: string, live: LiveAnswers | null): string {
  if (found.length === 0) return `No path to ${toVisibleText(to)} is known.\n`;
  const lines: string[] = [];
  let last = "";
  for (const { from, path } of found) {
    if (from === last) lines.push("  or");
    else lines.push(...(lines.length === 0 ? [] : [""]), `${from} to ${to} (${path.severity})`);
    last = from;
    for (const { action, to: after, needs, facts, reason } of path.steps) {
      lines.push(`  ${action}  ->  ${placeName(after)}`);
      for (const need of needs) {
        const { request, grant } = need;
        lines.push(`      ${request}${grant ? `: ${formatObject(grant.binding)} -> ${formatObject(grant.role)}` : ""}`);
        if (live) lines.push(`        ${liveText(live(need))}`);
      }
      for (const fact of facts) lines.push(`      ${fact}`);
      if (reason !== null) lines.push(`      not now: ${reason}`);
    }
    if (path.alike > 0) lines.push(`  and ${path.manyAlike ? "more than " : ""}${path.alike} alike`);
    const next = found[found.findIndex((entry) => entry.path === path) + 1];
    if (next?.from !== from) lines.push(...cutLines(cuts.find((entry) => entry.from === from)?.cut ?? null));
  }
  return `${lines.map(toVisibleText).join("\n")}\n`;
}

function liveText(outcome: ReturnType<LiveAnswers>): string {
  switch (outcome?.answer) {
    case "allowed":
      return "the API server agrees";
    case "denied":
      return "the API server says no";
    case "unknown":
      return `live not known: ${outcome.reason}`;
    case undefined:
      return "not asked: no binding gives it before that step is taken";
  }
}

function cutLines(cut: CutView | null): readonly string[] {
  if (!cut) return ["  No small change stops it."];
  const [first] = cut.changes;
  const others = cut.losing.count - 1;
  return [
    `  Stopped by: ${cut.changes.map(({ title }) => title).join(", and ")}${others > 0 ? ` (${countOf(others, "other subject loses", "other subjects lose")} the path too)` : ""}`,
    ...(cut.changes.length === 1 && first?.how.language === "shell" ? [`      ${first.how.text}`] : []),
  ];
}
