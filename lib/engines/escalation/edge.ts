import type { Severity } from "../../model/severity.ts";
import type { RightQuery } from "../rbac/index.ts";

/** Where an edge holds: in the whole cluster (`namespace` null) or in one namespace. */
export interface Place {
  readonly namespace: string | null;
}

/** What an edge may look at beside the access engine. */
export interface EdgeFacts {
  /** Minor version of the API server, e.g. 37; null when it is not known. */
  readonly minor: number | null;
  /** Names of ClusterRoles that give every right on every resource. */
  readonly takeoverRoles: readonly string[];
  /** Whether losing the namespace means losing the cluster: it runs the cluster's own components. */
  isSystemNamespace(namespace: string): boolean;
  /** A service account of the namespace that can itself take over the cluster, or null. Null for every namespace while that is being found out. */
  takeoverAccountIn(namespace: string): string | null;
}

/**
 * One way to gain more than was granted. The condition is a conjunction of alternatives: every entry of the outer list
 * must be held in the same place, each by at least one query of the inner list; halves may come from different bindings.
 * The access engine answers the queries; an edge never matches verbs or resources itself.
 */
export interface EscalationEdge {
  readonly id: string;
  /** Number of the primitive in the catalogue of escalation primitives. */
  readonly primitive: `R${string}`;
  /** A few words for a chip. */
  readonly name: string;
  /** - `cluster`: means nothing through a role binding; `namespace`: counts in either; `namespace-only`: counts only through role bindings. */
  readonly scope: "cluster" | "namespace" | "namespace-only";
  /** Edges that this one makes superfluous in the same place. */
  readonly implies: readonly string[] | "all";
  needs(facts: EdgeFacts): readonly (readonly RightQuery[])[];
  severity(place: Place, facts: EdgeFacts): Severity;
  /** Completes "<subject> …": what it can do there, in words. */
  sentence(place: Place, facts: EdgeFacts): string;
  /** Last hop of the chain: what is gained. */
  target(place: Place, facts: EdgeFacts): { readonly label: string; readonly title: string; readonly detail: string };
  /** What holding it gives, independent of a place. */
  readonly gives: string;
  /** What to change. */
  readonly fix: string;
  /** ATT&CK technique. */
  readonly technique: string;
  /** Documentation of the behaviour. */
  readonly source: string;
}

/** " in payments" or " in every namespace". */
export function inPlace({ namespace }: Place): string {
  return namespace === null ? " in every namespace" : ` in ${namespace}`;
}

/** Severity of acting as, or reading the credentials of, any account in a place. */
export function accountSeverity({ namespace }: Place, facts: EdgeFacts, otherwise: Severity): Severity {
  if (namespace === null || facts.isSystemNamespace(namespace) || facts.takeoverAccountIn(namespace) !== null)
    return "critical";
  return otherwise;
}

/** Target of an edge that ends at the accounts of a namespace. */
export function accountTarget(
  { namespace }: Place,
  facts: EdgeFacts,
): { label: string; title: string; detail: string } {
  if (namespace === null) return { label: "Takes over", title: "every service account", detail: "in all namespaces" };
  const account = facts.takeoverAccountIn(namespace);
  if (account) return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
  return {
    label: "Takes over",
    title: `accounts of ${namespace}`,
    detail: facts.isSystemNamespace(namespace) ? "the cluster's own components" : "every service account there",
  };
}
