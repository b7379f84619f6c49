import type { LinkChange } from "../link.ts";

/** One thing that an operator can change: a binding or a rule taken away (by their positions in the model), or a setting. */
export type Change =
  | { readonly type: "binding"; readonly binding: number }
  | { readonly type: "rule"; readonly role: number; readonly rule: number }
  | LinkChange;

/** Links name the same change again and again. */
const KEYS = new WeakMap<Change, string>();

/** Equal for equal changes. */
export function changeKey(change: Change): string {
  let key = KEYS.get(change);
  if (key === undefined) KEYS.set(change, (key = JSON.stringify(Object.values(change))));
  return key;
}

/** Changes that are made together. */
export class ChangeSet {
  readonly changes: readonly Change[];
  readonly #keys: ReadonlySet<string>;
  readonly #types: ReadonlySet<Change["type"]>;
  readonly bindings: ReadonlySet<number>;
  /** Positions of the removed rules within their role, by role. */
  readonly rules: ReadonlyMap<number, ReadonlySet<number>>;

  constructor(changes: readonly Change[]) {
    const byKey = new Map(changes.map((change) => [changeKey(change), change]));
    this.changes = [...byKey.values()];
    this.#keys = new Set(byKey.keys());
    this.#types = new Set(this.changes.map(({ type }) => type));
    this.bindings = new Set(this.changes.flatMap((change) => (change.type === "binding" ? [change.binding] : [])));
    const rules = new Map<number, Set<number>>();
    for (const change of this.changes) {
      if (change.type !== "rule") continue;
      const known = rules.get(change.role);
      if (known) known.add(change.rule);
      else rules.set(change.role, new Set([change.rule]));
    }
    this.rules = rules;
  }

  has(change: Change): boolean {
    return this.#types.has(change.type) && this.#keys.has(changeKey(change));
  }

  /** The same for every order of the changes. */
  get key(): string {
    return [...this.#keys].sort().join();
  }
}
