import type { Bitset } from "../bitset.ts";
import { memberGroups, rulesFor, type AccessModel, type CompiledBinding, type RightQuery } from "../rbac/index.ts";

/** One bit per right, in words of 32. */
export type Mask = Int32Array;

/** The rights of one subject in one place: null is the cluster, and what holds there holds in every namespace. */
export interface HeldRights {
  readonly namespace: string | null;
  /** Everything: its own bindings and those of its known groups, cluster-wide ones included. */
  readonly all: Mask;
  /** For each known group, what the group alone gives here. */
  readonly groups: readonly Mask[];
}

interface Rights {
  readonly cluster: Mask;
  readonly namespaces: ReadonlyMap<string, Mask>;
}

const NO_NAMESPACES: ReadonlyMap<string, Mask> = new Map();

/**
 * Which of a fixed list of rights each role gives, and from there each subject in each place. A right limited by `resourceNames`
 * counts where the query has `names: "any"`. Built once per model; a subject costs its bindings.
 */
export class RightMasks {
  readonly #model: AccessModel;
  #words: number;
  #empty: Mask | undefined;
  #bits = new Map<string, number>();
  #queries: RightQuery[] = [];
  #ofRole: Int32Array;
  /** What single rules give, of those that were asked for; shared with what is made by `without`. */
  #ofRule = new Map<number, Mask>();
  readonly #counts: (binding: CompiledBinding) => boolean;
  readonly #ofGroup = new Map<number, Rights>();

  /** @param counts  Leaves out bindings for which it is false, as if they did not exist. */
  constructor(
    model: AccessModel,
    queries: readonly RightQuery[],
    counts: (binding: CompiledBinding) => boolean = () => true,
  ) {
    this.#model = model;
    this.#counts = counts;
    for (const query of queries) {
      const key = keyOf(query);
      if (this.#bits.has(key)) continue;
      this.#bits.set(key, this.#queries.length);
      this.#queries.push(query);
    }
    this.#words = Math.max(1, Math.ceil(this.#queries.length / 32));
    this.#ofRole = new Int32Array(model.roles.length * this.#words);
    this.#queries.forEach((query, bit) => this.#enter(query, bit));
  }

  /** Shared: must not be changed. */
  get #nothing(): Mask {
    return (this.#empty ??= this.#none());
  }

  #enter(query: RightQuery, bit: number): void {
    for (const rule of this.#rulesFor(query)) {
      for (const role of this.#model.rolesOfRule[rule] ?? []) {
        const at = role * this.#words + (bit >>> 5);
        this.#ofRole[at] = (this.#ofRole[at] ?? 0) | (1 << (bit & 31));
      }
    }
  }

  /** The same without some bindings, and without some rules of roles, given by their position in the role. Shares what is equal. */
  without(bindings: ReadonlySet<number>, rules: ReadonlyMap<number, ReadonlySet<number>>): RightMasks {
    const objects = new Set([...bindings].map((position) => this.#model.bindings[position]));
    const copy = new RightMasks(this.#model, [], (binding) => this.#counts(binding) && !objects.has(binding));
    copy.#words = this.#words;
    copy.#bits = this.#bits;
    copy.#queries = this.#queries;
    copy.#ofRule = this.#ofRule;
    copy.#ofRole = rules.size === 0 ? this.#ofRole : this.#ofRole.slice();
    for (const [role, removed] of rules) copy.#enterRole(role, removed);
    return copy;
  }

  /** Works out a role anew, from the rules that are left. */
  #enterRole(role: number, removed: ReadonlySet<number>): void {
    const mask = this.#none();
    (this.#model.roles[role]?.ruleIds ?? []).forEach((rule, position) => {
      if (!removed.has(position)) addAll(mask, this.#maskOfRule(rule));
    });
    this.#ofRole.set(mask, role * this.#words);
  }

  #maskOfRule(rule: number): Mask {
    let mask = this.#ofRule.get(rule);
    if (!mask) {
      const own = (mask = this.#none());
      this.#queries.forEach((query, bit) => {
        if (this.#rulesFor(query).has(rule)) own[bit >>> 5] = (own[bit >>> 5] ?? 0) | (1 << (bit & 31));
      });
      this.#ofRule.set(rule, own);
    }
    return mask;
  }

  #rulesFor(query: RightQuery): Bitset {
    return rulesFor(this.#model, query);
  }

  /** Position of a query that was given to the constructor. @throws RangeError for another one. */
  bitOf(query: RightQuery): number {
    const bit = this.#bits.get(keyOf(query));
    if (bit === undefined) throw new RangeError(`not one of the rights: ${keyOf(query)}`);
    return bit;
  }

  /** A mask of some rights, by their positions. */
  maskOf(bits: readonly number[]): Mask {
    const mask = this.#none();
    for (const bit of bits) mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31));
    return mask;
  }

  /** What a role gives by itself. Shared: must not be changed. */
  ofRole(role: number): Mask {
    return this.#ofRole.subarray(role * this.#words, (role + 1) * this.#words);
  }

  /**
   * Every place where a subject may hold a right, the cluster first, then namespaces in order of first binding.
   * @param alsoOfGroups  False leaves out namespaces in which one group alone holds everything that there is to hold.
   */
  *of(subject: number, alsoOfGroups: boolean): Generator<HeldRights> {
    const members = memberGroups(this.#model, subject);
    // Most accounts of a cluster: nothing is bound to them, nor to a group of theirs.
    if (members.length === 0 && (this.#model.bindingsOfSubject[subject]?.length ?? 0) === 0) return;
    const own = this.#rightsOf(subject);
    const groups = members.map((group) => this.#groupRights(group));
    const everywhere = groups.map(({ cluster }) => cluster);
    yield { namespace: null, all: unionOf([own.cluster, ...everywhere]), groups: everywhere };
    const names = new Set(own.namespaces.keys());
    groups.forEach((group, position) => {
      const others = [own.cluster, ...everywhere.filter((_, index) => index !== position)];
      if (!alsoOfGroups && isEmpty(own.cluster) && others.every(isEmpty)) return;
      for (const name of group.namespaces.keys()) names.add(name);
    });
    for (const namespace of names) {
      const perGroup = groups.map((group) => unionOf([group.cluster, group.namespaces.get(namespace) ?? this.#none()]));
      const parts = [own.cluster, own.namespaces.get(namespace) ?? this.#none(), ...perGroup];
      yield { namespace, all: unionOf(parts), groups: perGroup };
    }
  }

  #groupRights(group: number): Rights {
    let rights = this.#ofGroup.get(group);
    if (!rights) this.#ofGroup.set(group, (rights = this.#rightsOf(group)));
    return rights;
  }

  #rightsOf(subject: number): Rights {
    let cluster = this.#nothing;
    let namespaces: Map<string, Mask> | undefined;
    for (const position of this.#model.bindingsOfSubject[subject] ?? []) {
      const binding = this.#model.bindings[position];
      if (!binding || binding.role < 0 || !this.#counts(binding)) continue;
      const given = this.ofRole(binding.role);
      if (isEmpty(given)) continue;
      if (binding.ref.kind === "RoleBinding") {
        namespaces ??= new Map();
        let mask = namespaces.get(binding.namespace);
        if (!mask) namespaces.set(binding.namespace, (mask = this.#none()));
        addAll(mask, given);
      } else {
        if (cluster === this.#nothing) cluster = this.#none();
        addAll(cluster, given);
      }
    }
    return { cluster, namespaces: namespaces ?? NO_NAMESPACES };
  }

  #none(): Mask {
    return new Int32Array(this.#words);
  }
}

/** Whether a mask has a bit. */
export function hasRight(mask: Mask, bit: number): boolean {
  return ((mask[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

/** Whether two masks have some right in common. */
export function haveCommon(a: Mask, b: Mask): boolean {
  for (let index = 0; index < a.length; index += 1) if (((a[index] ?? 0) & (b[index] ?? 0)) !== 0) return true;
  return false;
}

/** Everything that is in one of some masks; nothing for none. */
export function unionOf(masks: readonly Mask[]): Mask {
  const result = new Int32Array(masks[0]?.length ?? 0);
  for (const mask of masks) addAll(result, mask);
  return result;
}

function addAll(target: Mask, mask: Mask): void {
  for (let index = 0; index < target.length; index += 1) target[index] = (target[index] ?? 0) | (mask[index] ?? 0);
}

/** Whether a mask has no bit at all. */
export function isEmpty(mask: Mask): boolean {
  for (let index = 0; index < mask.length; index += 1) if (mask[index] !== 0) return false;
  return true;
}

function keyOf({ verb, path, apiGroup, resource, subresource = "", name = "", names = "exact" }: RightQuery): string {
  if (path !== undefined) return JSON.stringify([verb, path]);
  return JSON.stringify([verb, apiGroup, resource, subresource, names === "any" ? "*any" : name, names]);
}
