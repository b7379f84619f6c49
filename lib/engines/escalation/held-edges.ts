import { compareText } from "../../model/subject-name.ts";
import type { Bitset } from "../bitset.ts";
import { memberGroups, rulesFor, type AccessModel, type CompiledBinding, type RightQuery } from "../rbac/index.ts";
import type { EdgeFacts, EdgeState, EscalationEdge, Gain, Holder, Place } from "./edge.ts";
import type { ChangeSet } from "./graph/change.ts";
import { rbacFactsWith } from "./rbac-facts.ts";
import { hasRight, haveCommon, isEmpty, RightMasks, unionOf, type HeldRights, type Mask } from "./right-masks.ts";

/** One edge in one place, as one subject holds it. */
export interface HeldEdge {
  readonly edge: EscalationEdge;
  readonly place: Place;
  readonly gains: readonly Gain[];
  readonly state: EdgeState;
  /** One known group of the subject holds all of it alone. */
  readonly inherited: boolean;
}

interface CompiledEdge {
  readonly edge: EscalationEdge;
  /** For every need, its alternatives. */
  readonly needs: readonly (readonly CompiledRight[])[];
  /** For every need the rights of which one is enough, and the same without limit to names. */
  readonly enough: readonly Mask[];
  readonly enoughUnlimited: readonly Mask[];
}

interface BoundAt {
  readonly position: number;
  readonly binding: CompiledBinding;
}

interface CompiledRight {
  readonly query: RightQuery;
  readonly bit: number;
  /** The same right without limit to names; equal to `bit` where the query asks for one name or none. */
  readonly unlimited: number;
}

const ACTIVE: EdgeState = { state: "active" };

/** Answers which edges a subject holds, and where. Compiled once per model; a subject costs its bindings. */
export class HeldEdges {
  readonly #model: AccessModel;
  readonly #facts: EdgeFacts;
  #edges: readonly CompiledEdge[];
  /** Those of the edges that leave nothing else to hold. */
  #owners: readonly CompiledEdge[];
  #masks: RightMasks;
  readonly #counts: (binding: CompiledBinding) => boolean;
  /** Equal where every edge needs the same rights. */
  readonly needs: string;
  #removedRules: ReadonlyMap<number, ReadonlySet<number>> = new Map();

  /** @param counts  Leaves out bindings for which it is false, as if they did not exist. */
  constructor(
    model: AccessModel,
    facts: EdgeFacts,
    edges: readonly EscalationEdge[],
    counts: (binding: CompiledBinding) => boolean = () => true,
  ) {
    this.#model = model;
    this.#facts = facts;
    this.#counts = counts;
    const needs = edges.map((edge) => edge.needs(facts));
    this.needs = JSON.stringify(needs);
    this.#masks = new RightMasks(
      model,
      needs.flat(2).flatMap((query) => [query, withoutNames(query)]),
      counts,
    );
    this.#edges = edges.map((edge, index) => {
      const compiled = (needs[index] ?? []).map((alternatives) =>
        alternatives.map((query) => ({
          query,
          bit: this.#masks.bitOf(query),
          unlimited: this.#masks.bitOf(withoutNames(query)),
        })),
      );
      return {
        edge,
        needs: compiled,
        enough: compiled.map((rights) => this.#masks.maskOf(rights.map(({ bit }) => bit))),
        enoughUnlimited: compiled.map((rights) => this.#masks.maskOf(rights.map(({ unlimited }) => unlimited))),
      };
    });
    this.#owners = this.#edges.filter(({ edge }) => edge.implies === "all");
  }

  /** The same without some bindings, by position, and some rules, by role and position in it; with the facts that are left. */
  without({ bindings, rules }: Pick<ChangeSet, "bindings" | "rules">, facts: EdgeFacts): HeldEdges {
    const objects = new Set([...bindings].map((position) => this.#model.bindings[position]));
    const copy = new HeldEdges(this.#model, facts, [], (binding) => this.#counts(binding) && !objects.has(binding));
    copy.#edges = this.#edges;
    copy.#owners = this.#owners;
    copy.#masks = this.#masks.without(bindings, rules);
    copy.#removedRules = rules;
    return copy;
  }

  /**
   * Every edge that a subject holds, place by place: the cluster first, then namespaces. Where it holds in the cluster it is not repeated for
   * namespaces, unless it is limited to names there.
   * @param alsoInherited  False leaves out most of what one group of the subject holds alone; what is left of it is marked, and without gains.
   */
  of(subject: number, alsoInherited: boolean): readonly HeldEdge[] {
    // Every edge needs at least one right.
    const places: HeldRights[] = [];
    for (const rights of this.#masks.of(subject, alsoInherited)) if (!isEmpty(rights.all)) places.push(rights);
    if (places.length === 0) return [];
    const result: HeldEdge[] = [];
    const everywhere = new Map<EscalationEdge, readonly string[] | null>();
    let known: Holder | undefined;
    let all = false;
    const anywhere = unionOf(places.map((rights) => rights.all));
    // Most edges need a right that is held in none of the places.
    const edges = this.#edges.filter((compiled) => satisfies(compiled, anywhere, false));
    for (const rights of places) {
      if (all) break;
      const owned = this.#ownerOf(rights);
      for (const compiled of edges) {
        const { edge } = compiled;
        const before = everywhere.get(edge);
        if (before === null || (owned && owned !== edge) || !holdsIn(compiled, rights)) continue;
        const holder = (known ??= this.#holderOf(subject));
        const found = this.#held(compiled, rights, subject, { holder, alsoInherited });
        if (!found || (before && areAmong(found.place.names, before))) continue;
        result.push(found);
        if (rights.namespace === null) everywhere.set(edge, found.place.names ?? null);
        if (rights.namespace === null && edge.implies === "all") all = true;
      }
    }
    return result;
  }

  /** Whether a role, bound to somebody who has nothing else, gives the edge in the place. */
  *ofRole(role: number, namespace: string | null): Generator<HeldEdge> {
    const all = this.#masks.ofRole(role);
    const holder = this.#holderOfRole(role, namespace);
    for (const compiled of this.#edges) {
      if (!holdsIn(compiled, { namespace, all, groups: [] })) continue;
      const names = this.#namesOf(compiled, all, (query) => this.#namesInRole(rulesFor(this.#model, query), role));
      if (names !== null && names.length === 0) continue;
      const place: Place = { namespace, names };
      if (compiled.edge.applies?.(place, this.#facts, holder) === false) continue;
      yield this.#asHeld(compiled.edge, place, holder, false);
    }
  }

  /**
   * What an edge leads to in a place, if of the bindings there were only those for which `keeps` is true, and only those roles gave every right. The
   * rights of who holds it are as they are: this is about what else the gain rests on.
   */
  gainWith(
    { edge, place }: Pick<HeldEdge, "edge" | "place">,
    by: { readonly subject: number } | { readonly role: number; readonly namespace: string | null },
    only: { readonly keeps: (binding: number) => boolean; readonly takeoverRoles: readonly string[] },
  ): readonly Gain[] {
    const { keeps, takeoverRoles } = only;
    const facts = { ...this.#facts, rbac: rbacFactsWith(this.#facts.rbac, keeps), takeoverRoles };
    const holder = "subject" in by ? this.#holderOf(by.subject, keeps) : this.#holderOfRole(by.role, by.namespace);
    return gainsOf(edge.gain(place, facts, holder));
  }

  /** Somebody who is bound to one role in one place and has nothing else. */
  #holderOfRole(role: number, namespace: string | null): Holder {
    const ref = this.#model.roles[role]?.ref;
    const bound = (is: boolean): ReadonlySet<string> => new Set(is && ref ? [ref.name] : []);
    const isClusterRole = ref?.kind === "ClusterRole";
    return {
      subject: -1,
      account: null,
      identities: [],
      clusterRoles: () => bound(isClusterRole && namespace === null),
      clusterRolesIn: (other) => bound(isClusterRole && namespace === other),
      rolesIn: (other) => bound(!isClusterRole && namespace === other),
      namespaces: () => (namespace === null ? [] : [namespace]),
      holds: (query, other) =>
        (namespace === null || namespace === other) && this.#hasRule(role, rulesFor(this.#model, query)),
    };
  }

  /** @param keeps  Leaves out bindings for which it is false, where roles are named; not where rights are asked for. */
  #holderOf(subject: number, keeps: (binding: number) => boolean = () => true): Holder {
    const model = this.#model;
    const identities = [subject, ...memberGroups(model, subject)];
    let known: ReadonlyMap<string | null, readonly BoundAt[]> | undefined;
    // Few edges ask.
    const byPlace = () =>
      (known ??= Map.groupBy(
        identities
          .flatMap((id) => model.bindingsOfSubject[id] ?? [])
          .flatMap((position) => {
            const binding = model.bindings[position];
            return binding && this.#counts(binding) && (binding.role >= 0 || binding.roleState === "unreadable")
              ? [{ position, binding }]
              : [];
          }),
        ({ binding }) => placeOf(binding),
      ));
    const boundIn = (place: string | null) => byPlace().get(place) ?? [];
    const keptIn = (place: string | null) => boundIn(place).filter(({ position }) => keeps(position));
    const named = (place: string | null, kind: string): ReadonlySet<string> =>
      new Set(keptIn(place).flatMap(({ binding: { roleRef } }) => (roleRef.kind === kind ? [roleRef.name] : [])));
    const gives = (place: string | null, rules: Bitset) =>
      boundIn(place).some(({ binding: { role } }) => this.#hasRule(role, rules));
    return {
      subject,
      account: accountOf(model, subject),
      identities,
      clusterRoles: () => named(null, "ClusterRole"),
      clusterRolesIn: (namespace) => named(namespace, "ClusterRole"),
      rolesIn: (namespace) => named(namespace, "Role"),
      namespaces: () =>
        [...byPlace().keys()]
          .filter((place) => place !== null)
          .filter((place) => keptIn(place).length > 0)
          .sort(compareText),
      holds: (query, namespace) => {
        const rules = rulesFor(model, query);
        return gives(null, rules) || (namespace !== null && gives(namespace, rules));
      },
    };
  }

  /** Whether a role has one of some rules. */
  #hasRule(role: number, rules: Bitset): boolean {
    const removed = this.#removedRules.get(role);
    return (this.#model.roles[role]?.ruleIds ?? []).some((id, position) => rules.has(id) && !removed?.has(position));
  }

  #ownerOf(rights: HeldRights): EscalationEdge | null {
    for (const owner of this.#owners) if (holdsIn(owner, rights)) return owner.edge;
    return null;
  }

  #held(
    compiled: CompiledEdge,
    rights: HeldRights,
    subject: number,
    { holder, alsoInherited }: { readonly holder: Holder; readonly alsoInherited: boolean },
  ): HeldEdge | null {
    const { namespace, all, groups } = rights;
    const names = this.#namesOf(compiled, all, (query) => this.#namesOfSubject(query, subject, namespace));
    if (names !== null && names.length === 0) return null;
    const place: Place = { namespace, names };
    const inherited = groups.some((mask) => satisfies(compiled, mask, names === null));
    // What it leads to is asked of the group, once for all of its members.
    if (inherited && !alsoInherited) return { edge: compiled.edge, place, gains: [], state: ACTIVE, inherited };
    if (compiled.edge.applies?.(place, this.#facts, holder) === false) return null;
    return this.#asHeld(compiled.edge, place, holder, inherited);
  }

  #asHeld(edge: EscalationEdge, place: Place, holder: Holder, inherited: boolean): HeldEdge {
    const gains = gainsOf(edge.gain(place, this.#facts, holder));
    return { edge, place, gains, state: edge.state?.(place, this.#facts, holder) ?? ACTIVE, inherited };
  }

  /** Names to which the edge is limited; null without limit. */
  #namesOf(
    { edge, needs }: CompiledEdge,
    all: Mask,
    namesOf: (query: RightQuery) => readonly string[],
  ): readonly string[] | null {
    const limited = edge.names === "all" ? needs : needs.slice(0, 1);
    let names: ReadonlySet<string> | null = null;
    for (const alternatives of limited) {
      if (alternatives.some(({ unlimited }) => hasRight(all, unlimited))) continue;
      const here = new Set(
        alternatives.flatMap(({ query, bit }) =>
          hasRight(all, bit) ? (query.names === "any" ? namesOf(query) : [query.name ?? ""]) : [],
        ),
      );
      names = names === null ? here : names.intersection(here);
    }
    return names === null ? null : [...names].sort();
  }

  #namesOfSubject(query: RightQuery, subject: number, namespace: string | null): readonly string[] {
    const names = new Set<string>();
    const rules = rulesFor(this.#model, query);
    for (const id of [subject, ...memberGroups(this.#model, subject)]) {
      for (const position of this.#model.bindingsOfSubject[id] ?? []) {
        const binding = this.#model.bindings[position];
        if (!binding || binding.role < 0 || !this.#counts(binding)) continue;
        if (binding.ref.kind === "RoleBinding" && binding.namespace !== namespace) continue;
        for (const name of this.#namesInRole(rules, binding.role)) names.add(name);
      }
    }
    return [...names];
  }

  /** Names to which those of some rules that a role has are limited. */
  #namesInRole(rules: Bitset, role: number): readonly string[] {
    const removed = this.#removedRules.get(role);
    return (this.#model.roles[role]?.ruleIds ?? []).flatMap((id, position) =>
      rules.has(id) && !removed?.has(position) ? (this.#model.index.rules[id]?.resourceNames ?? []) : [],
    );
  }
}

function gainsOf(gain: Gain | readonly Gain[]): readonly Gain[] {
  return "type" in gain ? [gain] : gain;
}

function withoutNames(query: RightQuery): RightQuery {
  return query.names === "any" ? { ...query, names: "exact", name: "" } : query;
}

function holdsIn(compiled: CompiledEdge, { namespace, all }: HeldRights): boolean {
  const { scope, onlyIn } = compiled.edge;
  if (namespace === null ? scope === "namespace-only" : scope === "cluster") return false;
  if (onlyIn && namespace !== null && !onlyIn.includes(namespace)) return false;
  return satisfies(compiled, all, false);
}

function satisfies({ enough, enoughUnlimited }: CompiledEdge, mask: Mask, unlimitedOnly: boolean): boolean {
  const needs = unlimitedOnly ? enoughUnlimited : enough;
  // Asked for every edge in every place of a subject: an iterator for each would be most of what is allocated.
  for (let index = 0; index < needs.length; index += 1) {
    const need = needs[index];
    if (need && !haveCommon(need, mask)) return false;
  }
  return true;
}

/** Whether a place is limited to some names or fewer. */
function areAmong(names: Place["names"], known: readonly string[]): boolean {
  return names?.every((name) => known.includes(name)) === true;
}

function accountOf(model: AccessModel, subject: number): Holder["account"] {
  const self = model.subjects[subject];
  return self?.kind === "ServiceAccount" ? { namespace: self.namespace ?? "", name: self.name } : null;
}

/** Where a binding gives what it gives; null is the cluster. */
function placeOf({ ref, namespace }: CompiledBinding): string | null {
  return ref.kind === "ClusterRoleBinding" ? null : namespace;
}
