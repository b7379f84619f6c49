import { isResourceRequest, type AccessRequest, type ResourceRequest } from "../../model/access.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import { Bitset } from "../bitset.ts";
import { resourceTokens, urlMatches } from "./match-rule.ts";

const CACHED_QUESTIONS = 4_096;

/**
 * The distinct rules of a cluster with an inverted index from verb, group and resource entries to rules.
 * A question costs three unions and two intersections of bitsets, whatever the number of subjects.
 */
export class RuleIndex {
  readonly rules: readonly PolicyRule[];
  readonly #verbs = new Map<string, Bitset>();
  readonly #groups = new Map<string, Bitset>();
  readonly #resources = new Map<string, Bitset>();
  readonly #withUrls: readonly number[];
  readonly #withNames: Bitset;
  readonly #cache = new Map<string, Bitset>();

  constructor(rules: readonly PolicyRule[]) {
    this.rules = rules;
    this.#withNames = new Bitset(rules.length);
    const withUrls: number[] = [];
    rules.forEach((rule, id) => {
      this.#enter(this.#verbs, rule.verbs, id);
      this.#enter(this.#groups, rule.apiGroups, id);
      this.#enter(this.#resources, rule.resources, id);
      if (rule.nonResourceURLs.length > 0) withUrls.push(id);
      if (rule.resourceNames.length > 0) this.#withNames.add(id);
    });
    this.#withUrls = withUrls;
  }

  #enter(index: Map<string, Bitset>, entries: readonly string[], id: number): void {
    for (const entry of entries) {
      let members = index.get(entry);
      if (!members) index.set(entry, (members = new Bitset(this.rules.length)));
      members.add(id);
    }
  }

  #either(index: Map<string, Bitset>, entries: readonly string[]): Bitset {
    const result = new Bitset(this.rules.length);
    for (const entry of new Set(entries)) {
      const members = index.get(entry);
      if (members) result.addAll(members);
    }
    return result;
  }

  /** Rules that allow the request, its name included. The result is the caller's. */
  matching(request: AccessRequest): Bitset {
    if (!isResourceRequest(request)) return this.#matchingUrls(request.verb, request.path);
    const result = this.matchingAnyName(request).clone();
    // Few of the matching rules have names: looking at those of all rules would cost more than everything else here.
    for (const id of result.clone().retainAll(this.#withNames)) {
      if (this.rules[id]?.resourceNames.includes(request.name) !== true) removeMember(result, id);
    }
    return result;
  }

  /** Rules that allow the request for some name: `resourceNames` is not looked at. Shared: must not be changed. */
  matchingAnyName({ verb, apiGroup, resource, subresource }: Omit<ResourceRequest, "name" | "namespace">): Bitset {
    const key = JSON.stringify([verb, apiGroup, resource, subresource]);
    const known = this.#cache.get(key);
    if (known) return known;
    const result = this.#either(this.#verbs, ["*", verb])
      .retainAll(this.#either(this.#groups, ["*", apiGroup]))
      .retainAll(this.#either(this.#resources, resourceTokens(resource, subresource)));
    if (this.#cache.size >= CACHED_QUESTIONS) this.#cache.clear();
    this.#cache.set(key, result);
    return result;
  }

  #matchingUrls(verb: string, path: string): Bitset {
    const result = new Bitset(this.rules.length);
    for (const id of this.#withUrls) {
      const rule = this.rules[id];
      if (
        rule &&
        (rule.verbs.includes("*") || rule.verbs.includes(verb)) &&
        rule.nonResourceURLs.some((url) => urlMatches(url, path))
      ) {
        result.add(id);
      }
    }
    return result;
  }
}

function removeMember(set: Bitset, id: number): void {
  set.words[id >>> 5] = (set.words[id >>> 5] ?? 0) & ~(1 << (id & 31));
}
