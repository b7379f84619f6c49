import type { RbacFacts } from "./rbac-facts.ts";

/** What edges may have read: bindings of a place or of every namespace, those that dangle, roles that give everything, or something else. */
export type RbacRead =
  `in ${string}` | "in the cluster" | "in every namespace" | "dangling" | "takeover roles" | "other";

/** What is read of the bindings of a namespace, or of ClusterRoleBindings (null). */
export function readOf(namespace: string | null): RbacRead {
  return namespace === null ? "in the cluster" : `in ${namespace}`;
}

/** Notes what is read. */
export class RbacReads {
  readonly #noted = new Set<RbacRead>();

  note(read: RbacRead): void {
    this.#noted.add(read);
  }

  /** What was read since the last time. */
  take(): readonly RbacRead[] {
    if (this.#noted.size === 0) return [];
    const taken = [...this.#noted];
    this.#noted.clear();
    return taken;
  }

  /** The same facts; what is read of them is noted. */
  of(facts: RbacFacts): RbacFacts {
    const noted = <T>(read: RbacRead, value: T): T => {
      this.note(read);
      return value;
    };
    return {
      bindingsIn: (namespace) => noted(readOf(namespace), facts.bindingsIn(namespace)),
      namesAccountIn: facts.namesAccountIn,
      binders: () => noted("other", facts.binders()),
      get roleBindings() {
        return noted("in every namespace", facts.roleBindings);
      },
      get dangling() {
        return noted("dangling", facts.dangling);
      },
      get boundRoles() {
        return noted("other", facts.boundRoles);
      },
      get missingAccounts() {
        return noted("other", facts.missingAccounts);
      },
      get aggregatedRoles() {
        return noted("other", facts.aggregatedRoles);
      },
      get groups() {
        return noted("other", facts.groups);
      },
    };
  }
}
