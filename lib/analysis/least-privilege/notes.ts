import type { LeastPrivilegeBody } from "../../contracts/least-privilege.ts";
import { MASTERS, MOST_RULE_NAMES, type PlannedRole } from "../../engines/rbac/index.ts";
import { isResourceRequest, type UserInfo } from "../../model/access.ts";
import type { UsedRequest } from "../../model/used-request.ts";
import { minorVersion, type AccessAnalysis } from "../analyze-access.ts";
import { countOf, listOf } from "../words.ts";
import { requestWords } from "./request-words.ts";
import { grantsIn, type SortedRequests } from "./sort-requests.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Shorter logs miss what runs once a week. */
const SHORT_MS = 8 * DAY_MS;
/** The end of names that the server or a controller makes up. */
const GENERATED = /-[bcdfghjklmnpqrstvwxz2456789]{5}$|\.[0-9a-f]{16}$/;
const WRITES = new Set(["create", "update", "patch"]);
/** Writes of these are checked against the writer's own rights; `needs` tells which. */
const CHECKED_WRITES: readonly { readonly resources: readonly string[]; readonly needs: string }[] = [
  { resources: ["roles", "clusterroles"], needs: "every right that the role holds, or escalate" },
  { resources: ["rolebindings", "clusterrolebindings"], needs: "every right of the role that is bound, or bind" },
  {
    resources: ["certificatesigningrequests/approval", "certificatesigningrequests/status"],
    needs: "approve or sign on the signer",
  },
];

/** What the log cannot show and what to look at before the roles are applied. Never empty. */
export function notesFor(
  analysis: AccessAnalysis,
  who: UserInfo,
  body: LeastPrivilegeBody,
  sorted: SortedRequests,
  planned: readonly PlannedRole[],
): readonly string[] {
  const { toGrant, refused, assumed, undecided, ungrantable } = sorted;
  const { log, names, scope } = body;
  return [
    ...(log.dropped > 0
      ? [
          `Incomplete: ${countOf(log.dropped, "request")} of the log went beyond the number of different requests that are kept, so these roles may lack rights.`,
        ]
      : []),
    periodNote(log),
    "Requests that the audit policy does not record are not in a log: these roles are no proof that nothing else is needed.",
    ...(log.brokenLines > 0
      ? [
          `${countOf(log.brokenLines, "line")} of the log could not be read; what ${log.brokenLines === 1 ? "it holds" : "they hold"} is missing here.`,
        ]
      : []),
    ...(who.groups.includes(MASTERS)
      ? [
          "It is in system:masters: everything is allowed before any role is asked, and new roles take nothing away from that.",
        ]
      : []),
    ...(assumed > 0
      ? [
          `The log does not say how ${countOf(assumed, "request")} ended; they count as used because they are allowed now.`,
        ]
      : []),
    ...(undecided.length > 0
      ? [
          `${countOf(undecided.length, "request")} without an outcome in the log would not be allowed now and ${undecided.length === 1 ? "is" : "are"} not granted.`,
        ]
      : []),
    ...(ungrantable.length > 0
      ? [
          `${countOf(ungrantable.length, "request")} cannot be granted exactly, because an entry "*" of a rule stands for everything: ${listOf(ungrantable.map(requestWords))}.`,
        ]
      : []),
    ...nameNotes(toGrant, names),
    ...(scope === "cluster" && toGrant.some(({ request }) => isResourceRequest(request) && request.namespace !== "")
      ? ["One ClusterRole grants in every namespace, also where nothing was used."]
      : []),
    ...grantedThoughRefused(refused, planned),
    ...checkedWrites(toGrant),
    ...(toGrant.some(({ origin }) => origin === "upgrade") && minorVersion(analysis.snapshot) === null
      ? ["create on exec, attach or portforward is granted beside get, because servers since 1.35 ask for both."]
      : []),
  ];
}

function periodNote({ firstAt, lastAt }: LeastPrivilegeBody["log"]): string {
  if (firstAt === null || lastAt === null)
    return "The log holds no readable time, so it is not known how long it covers.";
  const length = lastAt - firstAt;
  const from = `${minuteOf(firstAt)} to ${minuteOf(lastAt)}`;
  return length < SHORT_MS
    ? `The log covers only ${lengthWords(length)} (${from}): weekly and monthly jobs, upgrades and emergencies may need more.`
    : `The log covers ${lengthWords(length)} (${from}): what happens less often is not in it.`;
}

function minuteOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "?" : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function lengthWords(ms: number): string {
  if (ms < HOUR_MS) return countOf(Math.max(1, Math.round(ms / 60_000)), "minute");
  if (ms < 2 * DAY_MS) return countOf(Math.round(ms / HOUR_MS), "hour");
  return countOf(Math.round(ms / DAY_MS), "day");
}

function nameNotes(toGrant: readonly UsedRequest[], names: "exact" | "any"): readonly string[] {
  const named = toGrant.flatMap(({ request }) =>
    isResourceRequest(request) && request.name !== "" ? [request.name] : [],
  );
  if (names === "any")
    return named.length > 0 || toGrant.some(({ manyNames }) => manyNames)
      ? ["Rules are for every name, also where only some were used."]
      : [];
  const generated = [...new Set(named.filter((name) => GENERATED.test(name)))];
  return [
    ...(generated.length > 0
      ? [
          `Some names look generated and will not come again: ${listOf(generated)}. Choose rules for any name if such objects are meant.`,
        ]
      : []),
    ...(toGrant.some(({ manyNames }) => manyNames)
      ? [`Where more than ${MOST_RULE_NAMES} names were used, a rule is for every name.`]
      : []),
  ];
}

function grantedThoughRefused(refused: readonly UsedRequest[], planned: readonly PlannedRole[]): readonly string[] {
  const count = refused.filter((used) =>
    planned.some(({ namespace, rules }) => grantsIn(namespace, rules, used)),
  ).length;
  return count === 0
    ? []
    : [
        `${countOf(count, "request")} of the log ${count === 1 ? "was" : "were"} refused at some time and would be allowed by these roles.`,
      ];
}

function checkedWrites(toGrant: readonly UsedRequest[]): readonly string[] {
  const written = new Set(
    toGrant.flatMap(({ request }) => {
      if (!isResourceRequest(request) || !WRITES.has(request.verb)) return [];
      return [request.subresource === "" ? request.resource : `${request.resource}/${request.subresource}`];
    }),
  );
  return CHECKED_WRITES.flatMap(({ resources, needs }) => {
    const found = resources.filter((resource) => written.has(resource));
    return found.length === 0
      ? []
      : [
          `Writing ${listOf(found)} needs ${needs}; the log does not show that second check, so it is not in these roles.`,
        ];
  });
}
