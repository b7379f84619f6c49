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
import { findEscalations } from "../lib/engines/escalation/index.ts";
import type { ResourceRequest, Subject, UserInfo } from "../lib/model/access.ts";
import type { BindingSubject, PolicyRule } from "../lib/model/rbac.ts";
import { subjectUsername } from "../lib/model/subject-name.ts";
import { formatMs, measureInTurns, percentile } from "./measure.ts";
import { seededRandom, skewedPick } from "./random.ts";

const NAMESPACES = 1_000;
const ROLES = 5_000;
const ROLE_BINDINGS = 40_000;
const CLUSTER_ROLE_BINDINGS = 500;
const ACCOUNTS = 40_000;
const USERS = 18_000;
const GROUPS = 2_000;
const ORACLE_TUPLES = 100_000;
const QUERIES = 2_000;
const NAIVE_SAMPLE = 30;

/** P4: build all effective rights and answer "who can", against an evaluator that walks bindings and rules for each subject. */
export function benchRbac(): void {
  const random = seededRandom(4);
  const facts = makeFacts(random);
  const build = measureInTurns(7, { build: () => void compileAndIndex(facts) }).build;
  const model = compileAccess(facts);
  const escalation = measureInTurns(3, { escalation: () => void findEscalations(model, { minor: 37 }) }).escalation;
  const requests = Array.from({ length: QUERIES }, () => makeRequest(random));
  const times = requests.map((request) => {
    const startedAt = performance.now();
    whoCan(model, request).subjects.count();
    return performance.now() - startedAt;
  });
  times.sort((a, b) => a - b);

  const naive = new NaiveEvaluator(facts);
  const sample = requests.slice(0, NAIVE_SAMPLE);
  const subjects = model.subjects;
  const compared = measureInTurns(3, {
    ours: () => {
      for (const request of sample) whoCan(model, request).subjects.count();
    },
    naive: () => {
      for (const request of sample.slice(0, 1)) for (const subject of subjects) naive.allows(whoOf(subject), request);
    },
  });
  const naivePerQuery = compared.naive.medianMs;
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
    `  ratio to naive evaluator     ${Math.round(naivePerQuery / oursPerQuery).toLocaleString("en-US")} × (${formatMs(naivePerQuery)} for one question), bound 100 ×`,
  );
  console.log(`  escalations of everybody     ${formatMs(escalation.medianMs)}`);
  console.log(
    `  oracle                       ${oracleMismatches(model, naive, random)} mismatches in ${ORACLE_TUPLES.toLocaleString("en-US")} tuples`,
  );
}

/** Everything a page needs before its first question: the model with the group members of the first who-can. */
function compileAndIndex(facts: AccessFacts): AccessModel {
  const model = compileAccess(facts);
  whoCan(model, { verb: "get", apiGroup: "", resource: "pods", subresource: "", namespace: "", name: "" });
  return model;
}

const RESOURCES = [
  "pods",
  "pods/exec",
  "pods/log",
  "secrets",
  "configmaps",
  "services",
  "deployments",
  "deployments/scale",
  "jobs",
  "serviceaccounts",
  "serviceaccounts/token",
  "nodes",
  "nodes/proxy",
  "*",
  "*/scale",
  "rolebindings",
  "clusterroles",
];
const API_GROUPS = ["", "apps", "batch", "*", "rbac.authorization.k8s.io", "example.com"];
const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "*", "bind", "impersonate"];

function some<T>(items: readonly T[], random: () => number, most: number): T[] {
  return [...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, () => skewedPick(items, random)))];
}

function makeRule(random: () => number): PolicyRule {
  return {
    verbs: some(VERBS, random, 4),
    apiGroups: some(API_GROUPS, random, 2),
    resources: some(RESOURCES, random, 4),
    resourceNames: random() < 0.1 ? [`object-${Math.floor(random() * 20)}`] : [],
    nonResourceURLs: [],
  };
}

function makeFacts(random: () => number): AccessFacts {
  const namespaces = Array.from({ length: NAMESPACES }, (_, index) => `team-${index}`);
  const meta = (name: string, namespace?: string) => ({
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: [],
    annotations: [],
    ownerReferences: [],
  });
  const rules = () => Array.from({ length: 1 + Math.floor(random() * 6) }, () => makeRule(random));
  const clusterRoles = Array.from({ length: ROLES / 5 }, (_, index) => ({
    metadata: meta(`cluster-role-${index}`),
    rules: rules(),
  }));
  const roles = Array.from({ length: (ROLES * 4) / 5 }, (_, index) => ({
    metadata: meta(`role-${index}`, skewedPick(namespaces, random)),
    rules: rules(),
  }));
  const serviceAccounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
    metadata: meta(`account-${index}`, skewedPick(namespaces, random)),
    secrets: [],
    imagePullSecrets: [],
  }));
  const makeSubject = (): BindingSubject => {
    const kind = random();
    if (kind < 0.6) {
      const { metadata } = skewedPick(serviceAccounts, () => random());
      return { kind: "ServiceAccount", apiGroup: "", name: metadata.name, namespace: metadata.namespace ?? "" };
    }
    if (kind < 0.9)
      return { kind: "User", apiGroup: "rbac.authorization.k8s.io", name: `user-${Math.floor(random() * USERS)}` };
    if (kind < 0.905)
      return {
        kind: "Group",
        apiGroup: "rbac.authorization.k8s.io",
        name: `system:serviceaccounts:${skewedPick(namespaces, random)}`,
      };
    return { kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: `group-${Math.floor(random() * GROUPS)}` };
  };
  const subjects = () => Array.from({ length: 1 + Math.floor(random() * 4) }, makeSubject);
  const roleRef = (kind: string, name: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind, name });
  const roleBindings = Array.from({ length: ROLE_BINDINGS }, (_, index) => {
    const role = random() < 0.5 ? skewedPick(roles, random) : null;
    const namespace = role?.metadata.namespace ?? skewedPick(namespaces, random);
    return {
      metadata: meta(`binding-${index}`, namespace),
      roleRef: role
        ? roleRef("Role", role.metadata.name)
        : roleRef("ClusterRole", skewedPick(clusterRoles, random).metadata.name),
      subjects: subjects(),
    };
  });
  const clusterRoleBindings = Array.from({ length: CLUSTER_ROLE_BINDINGS }, (_, index) => ({
    metadata: meta(`cluster-binding-${index}`),
    roleRef: roleRef("ClusterRole", clusterRoles[Math.floor(random() * clusterRoles.length)]?.metadata.name ?? ""),
    subjects: subjects(),
  }));
  const coverage = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map((resource) => ({
    group: "rbac.authorization.k8s.io",
    resource,
    kind: "",
    state: "complete" as const,
    objects: 0,
  }));
  return {
    coverage: [...coverage, { group: "", resource: "serviceaccounts", kind: "", state: "complete", objects: 0 }],
    objects: { serviceAccounts, roles, clusterRoles, roleBindings, clusterRoleBindings },
  };
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

/** The obvious evaluator: for one user, every binding of the scope, every subject, every rule. Written apart from the engine. */
class NaiveEvaluator {
  readonly #facts: AccessFacts;
  readonly #rules = new Map<string, readonly PolicyRule[]>();

  constructor(facts: AccessFacts) {
    this.#facts = facts;
    for (const { metadata, rules } of facts.objects.clusterRoles)
      this.#rules.set(`ClusterRole//${metadata.name}`, rules);
    for (const { metadata, rules } of facts.objects.roles)
      this.#rules.set(`Role/${metadata.namespace}/${metadata.name}`, rules);
  }

  allows(who: UserInfo, request: ResourceRequest): boolean {
    for (const binding of this.#facts.objects.clusterRoleBindings) {
      if (this.#names(binding.subjects, who, "") && this.#grants(binding.roleRef, "", request)) return true;
    }
    for (const binding of this.#facts.objects.roleBindings) {
      const namespace = binding.metadata.namespace ?? "";
      if (namespace !== request.namespace) continue;
      if (this.#names(binding.subjects, who, namespace) && this.#grants(binding.roleRef, namespace, request))
        return true;
    }
    return false;
  }

  #names(subjects: readonly BindingSubject[], who: UserInfo, namespace: string): boolean {
    return subjects.some((subject) => {
      if (subject.kind === "User") return subject.name === who.user;
      if (subject.kind === "Group") return who.groups.includes(subject.name);
      return who.user === `system:serviceaccount:${subject.namespace || namespace}:${subject.name}`;
    });
  }

  #grants({ kind, name }: { kind: string; name: string }, namespace: string, request: ResourceRequest): boolean {
    const rules = this.#rules.get(kind === "Role" ? `Role/${namespace}/${name}` : `ClusterRole//${name}`) ?? [];
    return rules.some((rule) => ruleAllows(rule, request));
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
