import {
  compileAccess,
  decideAccess,
  knownGroups,
  ruleAllows,
  userInfoOf,
  whoCan,
  type AccessFacts,
  type AccessModel,
} from "../lib/engines/rbac/index.ts";
import type { ResourceRequest, Subject, UserInfo } from "../lib/model/access.ts";
import type { PolicyRule, RoleBinding } from "../lib/model/rbac.ts";
import { subjectUsername } from "../lib/model/subject-name.ts";
import {
  API_GROUPS,
  CLUSTER_ROLE_BINDINGS,
  makeFacts,
  NAMESPACES,
  RESOURCES,
  ROLE_BINDINGS,
  ROLES,
  VERBS,
} from "./cluster.ts";
import { formatMs, measureInTurns, percentile } from "./measure.ts";
import { seededRandom, skewedPick } from "./random.ts";

const ORACLE_TUPLES = 100_000;
const QUERIES = 2_000;
const COMPARED_QUERIES = 30;
/** The naive evaluator needs minutes for every subject; it is timed on these and the time scaled up to all. */
const NAIVE_SUBJECTS = 200;

/** P4: build all effective rights and answer "who can", against an evaluator that walks bindings and rules for each subject. */
export function benchRbac(): void {
  const random = seededRandom(4);
  const facts = makeFacts(random);
  const build = measureInTurns(7, { build: () => void compileAndIndex(facts) }).build;
  const model = compileAccess(facts);
  const requests = Array.from({ length: QUERIES }, () => makeRequest(random));
  const times = requests.map((request) => {
    const startedAt = performance.now();
    whoCan(model, request).subjects.count();
    return performance.now() - startedAt;
  });
  times.sort((a, b) => a - b);

  const naive = new NaiveEvaluator(facts);
  const sample = requests.slice(0, COMPARED_QUERIES);
  const asking = evenly(model.subjects, NAIVE_SUBJECTS).map(whoOf);
  const compared = measureInTurns(3, {
    ours: () => {
      for (const request of sample) whoCan(model, request).subjects.count();
    },
    naive: () => {
      for (const request of sample.slice(0, 1)) for (const who of asking) naive.allows(who, request);
    },
  });
  const naivePerQuery = (compared.naive.medianMs * model.subjects.length) / asking.length;
  const oursPerQuery = compared.ours.medianMs / sample.length;
  console.log(
    `P4 RBAC: ${ROLE_BINDINGS + CLUSTER_ROLE_BINDINGS} bindings, ${ROLES} roles, ${model.subjects.length} subjects, ${model.index.rules.length} distinct rules`,
  );
  console.log(
    `  build all effective rights   ${formatMs(build.medianMs)} (${formatMs(build.minMs)} to ${formatMs(build.maxMs)}), bound 2,000 ms`,
  );
  console.log(
    `  who-can, ${QUERIES} questions      median ${formatMs(percentile(times, 0.5))}, p99 ${formatMs(percentile(times, 0.99))}, max ${formatMs(times.at(-1) ?? 0)}, bound 5 ms`,
  );
  console.log(
    `  ratio to naive evaluator     ${Math.round(naivePerQuery / oursPerQuery).toLocaleString("en-US")} × (${formatMs(naivePerQuery)} for one question, scaled from ${asking.length} of ${model.subjects.length} subjects), bound 100 ×`,
  );
  const oracle = new NaiveEvaluator(facts, "by-namespace");
  console.log(
    `  oracle                       ${oracleMismatches(model, oracle, random)} mismatches in ${ORACLE_TUPLES.toLocaleString("en-US")} tuples`,
  );
}

/** `count` items at equal distances. */
function evenly<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0).slice(0, count);
}

/** Everything a page needs before its first question: the model with the group members of the first who-can. */
function compileAndIndex(facts: AccessFacts): AccessModel {
  const model = compileAccess(facts);
  whoCan(model, { verb: "get", apiGroup: "", resource: "pods", subresource: "", namespace: "", name: "" });
  return model;
}

function makeRequest(random: () => number): ResourceRequest {
  const [resource = "", subresource = ""] = skewedPick(
    RESOURCES.filter((entry) => !entry.startsWith("*")),
    random,
  ).split("/");
  return {
    verb: skewedPick(VERBS, random),
    apiGroup: skewedPick(API_GROUPS, random),
    resource,
    subresource,
    namespace: random() < 0.2 ? "" : `team-${Math.floor(NAMESPACES * random() ** 3)}`,
    name: random() < 0.3 ? `object-${Math.floor(random() * 20)}` : "",
  };
}

function whoOf(subject: Subject): UserInfo {
  return subject.kind === "Group"
    ? userInfoOf(subject)
    : { user: subjectUsername(subject) ?? "", groups: knownGroups(subject) };
}

/** A binding with its role looked up; subjects as the authorizer compares them, `User …` or `Group …`. */
interface ObviousBinding {
  readonly namespace: string;
  readonly subjects: readonly string[];
  readonly rules: readonly PolicyRule[];
}

/**
 * The obvious evaluator: for one user, every binding, every subject, every rule. Written apart from the engine.
 * `by-namespace` saves it the role bindings of other namespaces, so that it can check many answers.
 */
class NaiveEvaluator {
  readonly #cluster: readonly ObviousBinding[];
  readonly #namespaced: readonly ObviousBinding[];
  readonly #byNamespace: ReadonlyMap<string, readonly ObviousBinding[]> | null;

  constructor({ objects }: AccessFacts, search: "everything" | "by-namespace" = "everything") {
    const rules = new Map<string, readonly PolicyRule[]>();
    for (const role of objects.clusterRoles) rules.set(`ClusterRole//${role.metadata.name}`, role.rules);
    for (const role of objects.roles) rules.set(`Role/${role.metadata.namespace}/${role.metadata.name}`, role.rules);
    const resolve = ({ metadata: { namespace = "" }, subjects, roleRef: { kind, name } }: RoleBinding) => ({
      namespace,
      subjects: subjects.map((subject) =>
        subject.kind === "ServiceAccount"
          ? `User system:serviceaccount:${subject.namespace || namespace}:${subject.name}`
          : `${subject.kind} ${subject.name}`,
      ),
      rules: rules.get(kind === "Role" ? `Role/${namespace}/${name}` : `ClusterRole//${name}`) ?? [],
    });
    this.#cluster = objects.clusterRoleBindings.map(resolve);
    this.#namespaced = objects.roleBindings.map(resolve);
    this.#byNamespace = search === "everything" ? null : Map.groupBy(this.#namespaced, ({ namespace }) => namespace);
  }

  allows({ user, groups }: UserInfo, request: ResourceRequest): boolean {
    const who = new Set([`User ${user}`, ...groups.map((group) => `Group ${group}`)]);
    const grants = ({ subjects, rules }: ObviousBinding) =>
      subjects.some((subject) => who.has(subject)) && rules.some((rule) => ruleAllows(rule, request));
    const inReach = this.#byNamespace ? (this.#byNamespace.get(request.namespace) ?? []) : this.#namespaced;
    return (
      this.#cluster.some(grants) ||
      inReach.some((binding) => binding.namespace === request.namespace && grants(binding))
    );
  }
}

function oracleMismatches(model: AccessModel, naive: NaiveEvaluator, random: () => number): number {
  let mismatches = 0;
  for (let index = 0; index < ORACLE_TUPLES; index += 1) {
    const subject = model.subjects[Math.floor(random() * model.subjects.length)];
    if (!subject) continue;
    const who = whoOf(subject);
    const request = makeRequest(random);
    if ((decideAccess(model, who, request).verdict === "allowed") !== naive.allows(who, request)) mismatches += 1;
  }
  return mismatches;
}
