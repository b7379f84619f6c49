import type { Severity } from "../../model/severity.ts";
import type { RightQuery } from "../rbac/index.ts";
import type { ClusterFacts } from "./cluster-facts.ts";
import type { RbacFacts } from "./rbac-facts.ts";

/** Where a right holds. */
export interface Place {
  /** Null: in the whole cluster, which means in every namespace too. */
  readonly namespace: string | null;
  /** Object names to which the rules limit it; absent or null: no limit. */
  readonly names?: readonly string[] | null;
}

/** What an edge may look at beside the access engine. */
export interface EdgeFacts {
  /** Minor version of the API server, e.g. 37; null when it is not known. */
  readonly minor: number | null;
  /** Names of ClusterRoles that give every right on every resource. */
  readonly takeoverRoles: readonly string[];
  /** Objects of the cluster beside RBAC. */
  readonly cluster: ClusterFacts;
  /** Bindings and roles beside what the holder may do. */
  readonly rbac: RbacFacts;
  /** Whether losing the namespace means losing the cluster: it runs the cluster's own components. */
  isSystemNamespace(namespace: string): boolean;
  /** The existing account of the namespace from which the fewest steps lead to cluster-admin; null when there is none, or while that is being found out. */
  takeoverAccountIn(namespace: string): string | null;
}

/** Who holds an edge: for gains that depend on what the holder itself is bound to. */
export interface Holder {
  /** Position in `AccessModel.subjects`. */
  readonly subject: number;
  /** The service account that it is; null for users, groups and somebody who is known by one role alone. */
  readonly account: { readonly namespace: string; readonly name: string } | null;
  /** Positions of itself and of its known groups; none for somebody who is known by one role alone. */
  readonly identities: readonly number[];
  /** Names of the ClusterRoles bound to it, or to a known group of it, by ClusterRoleBindings. */
  clusterRoles(): ReadonlySet<string>;
  /** Names of the ClusterRoles, and of the Roles, bound to it in a namespace by RoleBindings. */
  clusterRolesIn(namespace: string): ReadonlySet<string>;
  rolesIn(namespace: string): ReadonlySet<string>;
  /** Namespaces in which RoleBindings name it, or a known group of it; sorted. */
  namespaces(): readonly string[];
  /** Whether it holds a further right in a place (null: cluster-wide): for what only makes a difference to the gain or the state. */
  holds(query: RightQuery, namespace: string | null): boolean;
}

/**
 * What a step leads to. `namespace: null` is every namespace, `names: null` every object there.
 * - `cluster-admin`: every right on every resource; `masters`: member of `system:masters`, past every authorizer
 * - `namespace-admin`: every right in the namespace
 * - `accounts`: a token of existing service accounts; `identities`: acting as service accounts, existing or not
 * - `users`, `groups`: acting as them
 * - `new-pods`: running pods of one's own making; `pods`: running code in pods that are there
 * - `secrets`: reading contents of Secrets
 * - `nodes`: root on nodes
 * - `cluster-roles`: holding them in the place (`namespace: null`: cluster-wide); `roles`: each in its own namespace
 * - `none`: harm that leads to no further identity: traffic, disruption, reconnaissance
 */
export type Gain =
  | { readonly type: "cluster-admin" | "masters" | "none" }
  | { readonly type: "namespace-admin" | "new-pods"; readonly namespace: string | null }
  | {
      readonly type: "accounts" | "identities" | "pods" | "secrets";
      readonly namespace: string | null;
      readonly names: readonly string[] | null;
    }
  | RolesGain
  | { readonly type: "users" | "groups" | "nodes"; readonly names: readonly string[] | null };

/** Holding roles that exist; `names: null` is all of them. */
export interface RolesGain {
  readonly type: "cluster-roles" | "roles";
  readonly namespace: string | null;
  readonly names: readonly string[] | null;
}

/** - `active`: works now; `latent`: something else is still missing; `blocked`: a control stands against it. */
export type EdgeState =
  { readonly state: "active" } | { readonly state: "latent" | "blocked"; readonly reason: string };

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
  /** Namespaces to which it is limited, e.g. kube-system for one named ConfigMap. Absent: any. */
  readonly onlyIn?: readonly string[];
  /** Edges that this one makes superfluous in the same place. */
  readonly implies: readonly string[] | "all";
  /** How hard it is: 1 one request; 2 several, or waiting for a controller; 3 depends on luck or timing. */
  readonly effort: 1 | 2 | 3;
  /**
   * What `Place.names` are, for needs with `names: "any"`. - `first` (default): those of the first need; `all`: one same name must
   * satisfy every such need.
   */
  readonly names?: "first" | "all";
  needs(facts: EdgeFacts): readonly (readonly RightQuery[])[];
  /** Whether there is anything in the cluster on which it would work. Absent: always; where false it counts as not held. */
  applies?(place: Place, facts: EdgeFacts, holder: Holder): boolean;
  /** What it leads to; several for an edge that reaches different things at once. */
  gain(place: Place, facts: EdgeFacts, holder: Holder): Gain | readonly Gain[];
  /** Absent: always active. */
  state?(place: Place, facts: EdgeFacts, holder: Holder): EdgeState;
  /** What it is worth by itself; where its gain leads on to cluster-admin it counts as critical anyway. */
  severity(place: Place, facts: EdgeFacts): Severity;
  /** Completes "<subject> …": what it can do there, in words. */
  sentence(place: Place, facts: EdgeFacts): string;
  /** Last hop of the chain: what is gained. */
  target(place: Place, facts: EdgeFacts): { readonly label: string; readonly title: string; readonly detail: string };
  /** What holding it gives, independent of a place. */
  readonly gives: string;
  /** What must be so beside the rights, in a few words; absent when nothing. */
  readonly precondition?: string;
  /** What to change. */
  readonly fix: string;
  /** ATT&CK technique. */
  readonly technique: string;
  /** Documentation of the behaviour. */
  readonly source: string;
}

/** Active from a minor version on; blocked before it; latent where the version is not known. */
export function fromMinor({ minor }: EdgeFacts, first: number, feature: string): EdgeState {
  if (minor === null) return { state: "latent", reason: "the version of the API server is not known" };
  return minor >= first
    ? { state: "active" }
    : { state: "blocked", reason: `${feature} came with Kubernetes 1.${first}` };
}

/** Active up to a minor version; blocked after it; latent where the version is not known. */
export function untilMinor({ minor }: EdgeFacts, last: number, reason: string): EdgeState {
  if (minor === null) return { state: "latent", reason: "the version of the API server is not known" };
  return minor <= last ? { state: "active" } : { state: "blocked", reason };
}

/** Up to a minor version `get` alone opens a stream over a WebSocket, so where the version is not known it may be enough. */
export function getMayBeEnough({ minor }: EdgeFacts, last: number): boolean {
  return minor === null || minor <= last;
}

/** " in payments" or " in every namespace". */
export function inPlace({ namespace }: Place): string {
  return namespace === null ? " in every namespace" : ` in ${namespace}`;
}

/** "any X" or "X named a, b": for sentences about rights that may be limited by name. */
export function namedOr(any: string, { names }: Place, one: string): string {
  if (!names) return any;
  const shown = names.slice(0, 3).join(", ");
  return `${one} ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}

/** Severity of acting as, or reading the credentials of, any account in a place. */
export function accountSeverity({ namespace, names }: Place, facts: EdgeFacts, otherwise: Severity): Severity {
  if (names) return otherwise;
  return namespace === null || facts.isSystemNamespace(namespace) ? "critical" : otherwise;
}

/** Target of an edge that ends at the accounts of a namespace. */
export function accountTarget(
  { namespace, names }: Place,
  facts: EdgeFacts,
): { label: string; title: string; detail: string } {
  if (namespace === null) return { label: "Takes over", title: "every service account", detail: "in all namespaces" };
  const account = facts.takeoverAccountIn(namespace);
  if (account !== null && (!names || names.includes(account)))
    return { label: "Takes over", title: "cluster-admin", detail: `as ${namespace}/${account}` };
  return {
    label: "Takes over",
    title: `accounts of ${namespace}`,
    detail: facts.isSystemNamespace(namespace) ? "the cluster's own components" : "every service account there",
  };
}
