import type { PolicyRule } from "../../model/rbac.ts";
import { Bitset } from "../bitset.ts";
import { urlMatches } from "./match-rule.ts";

export interface Coverage {
  readonly covered: boolean;
  /** What no owner rule gives, merged into few rules; in the order of the target rules, without repetition. Empty when covered. */
  readonly missing: readonly PolicyRule[];
}

/**
 * Whether rules give everything that other rules give, as the API server compares them before it lets somebody write a role or
 * a binding. Every single right of the target (one group, resource, verb and name, or one URL and verb) must be given by one
 * owner rule on its own. `*` is given by `*` alone, never by a list of everything; `*` before a subresource gives that
 * subresource of everything; an owner limited by `resourceNames` gives those names and never the unnamed right; a URL ending
 * in `*` gives every URL that begins so.
 * Target rules that hold no right at all (an empty list) are covered.
 * Cost: per target rule its entries times the owner rules of its groups, then the product of its distinct kinds of entries; entries that the
 * same owners match count once, and nothing is taken apart that one owner gives or nobody does. Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function covers(owners: readonly PolicyRule[], targets: readonly PolicyRule[]): Coverage {
  const missing = new Map<string, PolicyRule>();
  const candidates = candidatesAmong(owners);
  for (const target of targets) {
    for (const rule of missingOf(candidates, target)) missing.set(JSON.stringify(rule), rule);
  }
  return { covered: missing.size === 0, missing: [...missing.values()] };
}

/** One list of a rule: its entries, and which of them an owner rule matches. */
interface Dimension {
  readonly entries: readonly (string | null)[];
  readonly matches: (owner: PolicyRule, entry: string | null) => boolean;
}

/** Entries of one dimension that exactly the same owners match. */
interface EntryClass {
  readonly entries: readonly (string | null)[];
  readonly owners: Bitset;
}

/** Entries of each dimension; together all their combinations. */
type Box = readonly (readonly (string | null)[])[];

/** Owner rules that can give anything at all of a target. */
interface Candidates {
  ofGroups(groups: readonly string[]): readonly PolicyRule[];
  readonly withUrls: readonly PolicyRule[];
}

/** Sorts owner rules by API group, so that a target meets few of those that have nothing to do with it. */
function candidatesAmong(owners: readonly PolicyRule[]): Candidates {
  const byGroup = new Map<string, PolicyRule[]>();
  for (const owner of owners) {
    for (const group of new Set(owner.apiGroups)) {
      const known = byGroup.get(group);
      if (known) known.push(owner);
      else byGroup.set(group, [owner]);
    }
  }
  return {
    ofGroups: (groups) => [...new Set(["*", ...groups].flatMap((group) => byGroup.get(group) ?? []))],
    withUrls: owners.filter(({ nonResourceURLs }) => nonResourceURLs.length > 0),
  };
}

function missingOf(candidates: Candidates, target: PolicyRule): readonly PolicyRule[] {
  const verbs: Dimension = { entries: target.verbs, matches: ({ verbs: held }, verb) => includesOrAll(held, verb) };
  const names: Dimension = {
    entries: target.resourceNames.length === 0 ? [UNNAMED] : target.resourceNames,
    matches: ({ resourceNames }, name) =>
      resourceNames.length === 0 || (name !== UNNAMED && resourceNames.includes(name)),
  };
  const resources = missingBoxes(candidates.ofGroups(target.apiGroups), [
    { entries: target.apiGroups, matches: ({ apiGroups }, group) => includesOrAll(apiGroups, group) },
    { entries: target.resources, matches: resourceMatches },
    verbs,
    names,
  ]);
  // An owner limited by names gives no URL; the API server refuses such a rule, but compares it like this.
  const urls = missingBoxes(candidates.withUrls, [
    { entries: target.nonResourceURLs, matches: urlGiven },
    verbs,
    { entries: [UNNAMED], matches: names.matches },
  ]);
  return [
    ...resources.map(([apiGroups, resourceEntries, verbEntries, nameEntries]) => ({
      verbs: texts(verbEntries),
      apiGroups: texts(apiGroups),
      resources: texts(resourceEntries),
      resourceNames: texts(nameEntries),
      nonResourceURLs: [],
    })),
    ...urls.map(([nonResourceURLs, verbEntries]) => ({
      verbs: texts(verbEntries),
      apiGroups: [],
      resources: [],
      resourceNames: [],
      nonResourceURLs: texts(nonResourceURLs),
    })),
  ];
}

/** Stands for the request without a name, which is no text: a rule may list the empty name. */
const UNNAMED = null;

function texts(entries: readonly (string | null)[] = []): readonly string[] {
  return entries.filter((entry) => entry !== UNNAMED);
}

function includesOrAll(held: readonly string[], wanted: string | null): boolean {
  return held.includes("*") || (wanted !== null && held.includes(wanted));
}

function resourceMatches({ resources }: PolicyRule, wanted: string | null): boolean {
  if (includesOrAll(resources, wanted)) return true;
  const slash = wanted?.indexOf("/") ?? -1;
  return wanted !== null && slash >= 0 && resources.includes(`*${wanted.slice(slash)}`);
}

function urlGiven({ nonResourceURLs }: PolicyRule, wanted: string | null): boolean {
  return wanted !== null && nonResourceURLs.some((url) => urlMatches(url, wanted));
}

/** The combinations that no single owner matches in every dimension, merged. */
function missingBoxes(owners: readonly PolicyRule[], dimensions: readonly Dimension[]): readonly Box[] {
  const classes = dimensions.map((dimension) => classesOf(owners, dimension));
  // Owners that match everything from a dimension onwards: with one of them nothing below needs to be taken apart.
  const matchAllFrom: Bitset[] = [everyone(owners.length)];
  for (const list of classes.toReversed()) {
    const all = matchAllFrom[0]?.clone() ?? everyone(owners.length);
    for (const { owners: matching } of list) all.retainAll(matching);
    matchAllFrom.unshift(all);
  }
  const boxes: Box[] = [];
  const visit = (depth: number, left: Bitset, chosen: Box): void => {
    const all = matchAllFrom[depth];
    if (all && !left.clone().retainAll(all).isEmpty()) return;
    for (const { entries, owners: matching } of classes[depth] ?? []) {
      const remaining = left.clone().retainAll(matching);
      const box = [...chosen, entries];
      if (!remaining.isEmpty()) visit(depth + 1, remaining, box);
      else boxes.push([...box, ...dimensions.slice(depth + 1).map(({ entries: rest }) => [...new Set(rest)])]);
    }
  };
  const isEmpty = dimensions.some(({ entries }) => entries.length === 0);
  if (!isEmpty) visit(0, everyone(owners.length), []);
  return dimensions.reduceRight<readonly Box[]>((merged, { entries }, depth) => merge(merged, depth, entries), boxes);
}

function classesOf(owners: readonly PolicyRule[], { entries, matches }: Dimension): readonly EntryClass[] {
  const classes = new Map<string, { entries: (string | null)[]; owners: Bitset }>();
  for (const entry of new Set(entries)) {
    const matching = new Bitset(owners.length);
    owners.forEach((owner, position) => {
      if (matches(owner, entry)) matching.add(position);
    });
    const key = matching.words.join();
    const known = classes.get(key);
    if (known) known.entries.push(entry);
    else classes.set(key, { entries: [entry], owners: matching });
  }
  return [...classes.values()];
}

function everyone(size: number): Bitset {
  const all = new Bitset(size);
  for (let position = 0; position < size; position += 1) all.add(position);
  return all;
}

/** Joins boxes that differ in one dimension only; its entries stand in the order in which the target lists them. */
function merge(boxes: readonly Box[], dimension: number, order: readonly (string | null)[]): readonly Box[] {
  const groups = new Map<string, { box: Box; entries: Set<string | null> }>();
  for (const box of boxes) {
    const key = JSON.stringify(box.with(dimension, []));
    const known = groups.get(key);
    if (!known) groups.set(key, { box, entries: new Set(box[dimension]) });
    else for (const entry of box[dimension] ?? []) known.entries.add(entry);
  }
  return [...groups.values()].map(({ box, entries }) =>
    box.with(
      dimension,
      [...new Set(order)].filter((entry) => entries.has(entry)),
    ),
  );
}
