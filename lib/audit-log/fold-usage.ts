import type { Subject } from "../model/access.ts";
import { compareText, subjectUsername } from "../model/subject-name.ts";
import type { UsedRequest, UseOrigin } from "../model/used-request.ts";
import type { AuditEvent, AuditStage, AuditUser } from "./audit-event.ts";
import { requestsOfEvent, type AskedRequest } from "./requests-of-event.ts";

/** Names of one right in one namespace that are kept apart; beyond it they count as many. */
const MOST_NAMES = 50;
const MOST_REQUESTS = 200_000;
const MOST_GROUPS = 500;
/** Requests whose stages are brought together: so many lie between the first and the last of one, or it counts twice. */
const WINDOW = 32_768;

/** What one user asked for. */
export interface UserUsage {
  readonly user: string;
  /** Every group it had in some event, sorted. */
  readonly groups: readonly string[];
  /** Distinct requests, in the order in which they came first. */
  readonly requests: readonly UsedRequest[];
}

/** A log in short: its users with their distinct requests. */
export interface AuditUsage {
  /** In the order of the log. For a group one entry, of all that it did. */
  readonly users: readonly UserUsage[];
  /** First and last event of the whole log, in milliseconds since 1970; null when no event had a readable time. */
  readonly period: { readonly firstAt: number; readonly lastAt: number } | null;
  /** Requests of the whole log; the stages of one count once. */
  readonly requests: number;
  readonly stages: readonly (readonly [stage: AuditStage, events: number])[];
  /** Requests without an authenticated user (status 401). */
  readonly unauthenticated: number;
  /** Questions that were not kept because there were too many distinct ones. */
  readonly dropped: number;
}

export interface UsageFold {
  add(event: AuditEvent): void;
  /** What was added so far; requests without an answer count as unknown. */
  result(): AuditUsage;
}

export interface UsageOptions {
  /** Only what this subject did; everybody's without it. */
  readonly subject?: Subject;
  readonly maxRequests?: number;
}

/**
 * Folds events into distinct requests per user. Memory is bounded: by the number of distinct requests, and by a window in which the stages of one request
 * are brought together. Deterministic.
 */
export function createUsageFold({ subject, maxRequests = MOST_REQUESTS }: UsageOptions = {}): UsageFold {
  const users = new Map<string, UserFold>();
  const stages = new Map<AuditStage, number>();
  const budget = { left: maxRequests, dropped: 0 };
  const keyOf = userKey(subject);
  let firstAt = Infinity;
  let lastAt = -Infinity;
  let requests = 0;
  let unauthenticated = 0;
  let young = new Map<string, AuditEvent | null>();
  let old = new Map<string, AuditEvent | null>();

  const count = (event: AuditEvent) => {
    requests += 1;
    if (!event.user) unauthenticated += 1;
    for (const asked of requestsOfEvent(event)) {
      const key = keyOf(asked.user);
      if (key === null) continue;
      let fold = users.get(key);
      if (!fold) {
        if (budget.left === 0) {
          budget.dropped += 1;
          continue;
        }
        users.set(key, (fold = new UserFold(key)));
      }
      fold.add(asked, event.at, budget);
    }
  };
  const remember = (id: string, event: AuditEvent | null) => {
    young.set(id, event);
    if (young.size < WINDOW) return;
    for (const [waitingId, waiting] of old) if (waiting && !young.has(waitingId)) count(waiting);
    old = young;
    young = new Map();
  };

  return {
    add(event) {
      const { id, stage, at } = event;
      stages.set(stage, (stages.get(stage) ?? 0) + 1);
      if (at !== null) {
        if (at < firstAt) firstAt = at;
        if (at > lastAt) lastAt = at;
      }
      const known = young.has(id) ? young.get(id) : old.get(id);
      if (known === null) return; // counted already, by an earlier stage with an answer
      if (stage === "RequestReceived") {
        if (known === undefined) remember(id, event);
        return;
      }
      count(event);
      remember(id, null);
    },
    result() {
      const waiting = [...old].filter(([id]) => !young.has(id));
      for (const [, event] of [...waiting, ...young]) if (event) count(event);
      for (const generation of [old, young]) for (const id of generation.keys()) generation.set(id, null);
      return {
        users: [...users.values()].map((fold) => fold.result()),
        period: lastAt < firstAt ? null : { firstAt, lastAt },
        requests,
        stages: [...stages].sort(([a], [b]) => compareText(a, b)),
        unauthenticated,
        dropped: budget.dropped,
      };
    },
  };
}

/** Under which name a user's requests are kept; null: not asked for. */
function userKey(subject: Subject | undefined): (user: AuditUser) => string | null {
  if (!subject) return ({ name }) => name;
  const username = subjectUsername(subject);
  if (username !== undefined) return ({ name }) => (name === username ? name : null);
  return ({ groups }) => (groups.includes(subject.name) ? subject.name : null);
}

interface Tally {
  allowed: number;
  refused: number;
  unknown: number;
  lastAt: number | null;
}

/** One right in one namespace: its names apart, until there are too many. */
interface Family {
  readonly sample: Pick<AskedRequest, "request" | "origin">;
  readonly names: Map<string, Tally>;
  many: Tally | null;
}

class UserFold {
  readonly #user: string;
  readonly #groups = new Set<string>();
  readonly #families = new Map<string, Family>();

  constructor(user: string) {
    this.#user = user;
  }

  add(asked: AskedRequest, at: number | null, budget: { left: number; dropped: number }): void {
    if (this.#groups.size < MOST_GROUPS) for (const group of asked.user.groups) this.#groups.add(group);
    const key = familyKey(asked);
    let family = this.#families.get(key);
    if (!family) {
      if (budget.left === 0) {
        budget.dropped += 1;
        return;
      }
      this.#families.set(
        key,
        (family = { sample: { request: asked.request, origin: asked.origin }, names: new Map(), many: null }),
      );
    }
    const name = "resource" in asked.request ? asked.request.name : "";
    let tally = family.names.get(name) ?? (name === "" ? null : family.many);
    if (!tally) {
      if (budget.left === 0) {
        budget.dropped += 1;
        return;
      }
      if (name !== "" && namedCount(family) >= MOST_NAMES) tally = collapse(family, budget);
      else {
        budget.left -= 1;
        family.names.set(name, (tally = emptyTally()));
      }
    }
    tally[asked.answer] += 1;
    if (at !== null && (tally.lastAt === null || at > tally.lastAt)) tally.lastAt = at;
  }

  result(): UserUsage {
    const requests = [...this.#families.values()].flatMap(({ sample, names, many }) => [
      ...[...names].map(([name, tally]) => used(sample, name, tally, false)),
      ...(many ? [used(sample, "", many, true)] : []),
    ]);
    return { user: this.#user, groups: [...this.#groups].sort(compareText), requests };
  }
}

function familyKey({ request, origin, answer }: AskedRequest): string {
  // What was refused is kept apart: many refused names must not hide the few that were used.
  const isRefused = answer === "refused";
  if (!("resource" in request)) return JSON.stringify([isRefused, request.verb, request.path]);
  const { verb, apiGroup, resource, subresource, namespace } = request;
  const parts = [isRefused ? "!" : origin, verb, apiGroup, resource, subresource, namespace];
  // No name of a served resource holds a line break; one that does is written so that it cannot stand for two parts.
  return parts.some((part) => part.includes("\n")) ? JSON.stringify(parts) : parts.join("\n");
}

function namedCount({ names }: Family): number {
  return names.has("") ? names.size - 1 : names.size;
}

/** From now on the names of a family count together. */
function collapse(family: Family, budget: { left: number }): Tally {
  const many = emptyTally();
  for (const [name, tally] of family.names) {
    if (name === "") continue;
    many.allowed += tally.allowed;
    many.refused += tally.refused;
    many.unknown += tally.unknown;
    if (tally.lastAt !== null) many.lastAt = Math.max(many.lastAt ?? tally.lastAt, tally.lastAt);
    family.names.delete(name);
    budget.left += 1;
  }
  budget.left -= 1;
  family.many = many;
  return many;
}

function emptyTally(): Tally {
  return { allowed: 0, refused: 0, unknown: 0, lastAt: null };
}

function used({ request, origin }: Family["sample"], name: string, tally: Tally, manyNames: boolean): UsedRequest {
  const of = "resource" in request ? { ...request, name } : request;
  return { request: of, origin: origin satisfies UseOrigin, manyNames, ...tally };
}
