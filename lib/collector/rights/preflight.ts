import type { KindDefinition } from "#lib/model/kinds.ts";
import type { Topic } from "#lib/model/topics.ts";
import type { ClusterConnection } from "../connection/connection.ts";
import type { Discovery } from "../live/discovery.ts";
import type { Scan } from "../live/scan.ts";
import type { SelfAccessQuestion, SelfIdentity } from "../live/self-review.ts";
import type { JsonRecord } from "../project/values.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { TOPICS } from "#lib/model/topics.ts";
import { discover } from "../live/discovery.ts";
import { reviewAccess, reviewIdentity, reviewRules } from "../live/self-review.ts";
import { recordsOf, textsOf } from "../project/values.ts";
import { withScan } from "./with-scan.ts";

/** A kind that a topic needs and that the credential may not read across the cluster. */
export interface MissingKind {
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
  /** False when the server did not let the credential ask: then it counts as missing. */
  readonly isKnown: boolean;
}

/** What a scan with this credential will be able to say about one topic. */
export interface TopicRights {
  readonly topic: Topic;
  readonly state: "full" | "limited" | "blind";
  readonly missing: readonly MissingKind[];
}

/** A right that Kordon does not need and should not be given. */
export interface ExcessRight {
  readonly kind: "everything" | "secrets" | "write" | "execute" | "identity";
  readonly verb: string;
  readonly group: string;
  /** With the subresource behind a slash. */
  readonly resource: string;
  /** Where it was seen: the whole cluster, or only the namespace that was asked for. */
  readonly scope: "cluster" | "namespace";
}

export interface Preflight {
  readonly identity: SelfIdentity | null;
  readonly topics: readonly TopicRights[];
  readonly excess: readonly ExcessRight[];
}

/** Rights whose presence turns a leaked credential of Kordon into a takeover. */
const DANGEROUS: readonly (SelfAccessQuestion & { readonly kind: ExcessRight["kind"] })[] = [
  { kind: "everything", verb: "*", group: "*", resource: "*" },
  { kind: "secrets", verb: "get", group: "", resource: "secrets" },
  { kind: "secrets", verb: "list", group: "", resource: "secrets" },
  { kind: "write", verb: "create", group: "", resource: "pods" },
  { kind: "write", verb: "patch", group: "apps", resource: "deployments" },
  { kind: "write", verb: "delete", group: "", resource: "namespaces" },
  { kind: "execute", verb: "create", group: "", resource: "pods", subresource: "exec" },
  { kind: "execute", verb: "get", group: "", resource: "nodes", subresource: "proxy" },
  { kind: "identity", verb: "impersonate", group: "", resource: "users" },
  { kind: "identity", verb: "create", group: "", resource: "serviceaccounts", subresource: "token" },
  { kind: "identity", verb: "escalate", group: "rbac.authorization.k8s.io", resource: "clusterroles" },
  { kind: "identity", verb: "bind", group: "rbac.authorization.k8s.io", resource: "clusterroles" },
];
/** What every user may create: questions about itself. */
const SELF_REVIEWS: ReadonlySet<string> = new Set([
  "selfsubjectaccessreviews",
  "selfsubjectreviews",
  "selfsubjectrulesreviews",
]);
const READ_VERBS: ReadonlySet<string> = new Set(["get", "list", "watch"]);
/** Only its rules are asked for in one namespace; rights across the cluster show up in every namespace. */
const ASKED_NAMESPACE = "default";

/**
 * Asks the API server what the credential may read and what it may do beyond that, four questions at a time.
 * Kinds that the cluster does not serve are not missing.
 * @throws AppError as `probeCluster`.
 */
export async function preflight(
  connection: ClusterConnection,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<Preflight> {
  return withScan(connection, signal, async (scan) => {
    const identity = await reviewIdentity(scan);
    const discovery = await discover((path, accept) => scan.get(path, accept));
    const served = KIND_DEFINITIONS.filter((definition) => isServed(definition, discovery));
    const answers = await askAll(scan, served, (definition) => mayRead(scan, definition));
    return { identity, topics: TOPICS.map((topic) => topicRights(topic, answers)), excess: await findExcess(scan) };
  });
}

function isServed({ group, resource }: KindDefinition, { apiResources, hasGroups, unread }: Discovery): boolean {
  const isListed = apiResources.some((entry) => entry.group === group && entry.resource === resource);
  return isListed || !hasGroups || [...unread].some((groupVersion) => groupVersion.startsWith(`${group}/`));
}

/** Every name that is read by name, or a list across the cluster. Null when one answer is not known. */
async function mayRead(scan: Scan, { group, resource, onlyNames }: KindDefinition): Promise<boolean | null> {
  if (onlyNames === undefined) return reviewAccess(scan, { verb: "list", group, resource });
  let isAllowed = true;
  for (const { namespace, name } of onlyNames) {
    const answer = await reviewAccess(scan, { verb: "get", group, resource, namespace, name });
    if (answer === null) return null;
    isAllowed &&= answer;
  }
  return isAllowed;
}

async function askAll<Q, A>(
  scan: Scan,
  questions: readonly Q[],
  ask: (question: Q) => Promise<A>,
): Promise<ReadonlyMap<Q, A>> {
  const answers = new Map<Q, A>();
  const waiting = [...questions];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) answers.set(next, await ask(next));
  };
  await Promise.all(Array.from({ length: scan.limits.parallel }, work));
  return answers;
}

function topicRights(topic: Topic, answers: ReadonlyMap<KindDefinition, boolean | null>): TopicRights {
  const needed = [...answers].filter(([{ topics }]) => topics.includes(topic));
  const missing = needed
    .filter(([, answer]) => answer !== true)
    .map(([{ group, resource, kind }, answer]) => ({ group, resource, kind, isKnown: answer !== null }));
  const state =
    missing.length === 0 && needed.length > 0 ? "full" : missing.length === needed.length ? "blind" : "limited";
  return { topic, state, missing };
}

/** Known dangerous rights across the cluster, then everything in the rule list that does more than read. */
async function findExcess(scan: Scan): Promise<readonly ExcessRight[]> {
  const answers = await askAll(scan, DANGEROUS, ({ kind: _kind, ...question }) => reviewAccess(scan, question));
  const dangerous = DANGEROUS.filter((question) => answers.get(question) === true).map(
    ({ kind, verb, group, resource, subresource }): ExcessRight => ({
      kind,
      verb,
      group,
      resource: subresource === undefined ? resource : `${resource}/${subresource}`,
      scope: "cluster",
    }),
  );
  const rules = await reviewRules(scan, ASKED_NAMESPACE);
  const listed = rules === null ? [] : recordsOf(rules, "resourceRules").flatMap(excessOfRule);
  const seen = new Set<string>();
  return [...dangerous, ...listed].filter(({ verb, group, resource }) => {
    const key = JSON.stringify([verb, group, resource]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function excessOfRule(rule: JsonRecord): readonly ExcessRight[] {
  const resources = textsOf(rule, "resources").filter((resource) => !SELF_REVIEWS.has(resource));
  return textsOf(rule, "verbs").flatMap((verb) =>
    textsOf(rule, "apiGroups").flatMap((group) =>
      resources.flatMap((resource) => {
        const kind = excessKind(verb, group, resource);
        return kind === undefined ? [] : [{ kind, verb, group, resource, scope: "namespace" as const }];
      }),
    ),
  );
}

function excessKind(verb: string, group: string, resource: string): ExcessRight["kind"] | undefined {
  if (verb === "*" && resource === "*") return "everything";
  if (!READ_VERBS.has(verb)) return "write";
  const isSecret = (resource === "secrets" || resource === "*") && (group === "" || group === "*");
  if (isSecret) return "secrets";
  return /\/(proxy|exec|attach|portforward)$/.test(resource) ? "execute" : undefined;
}
