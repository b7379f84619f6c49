import { clusterFacts, findEscalations, type EscalationResult } from "#lib/engines/escalation/index.ts";
import { compileAccess, type AccessModel } from "#lib/engines/rbac/index.ts";
import type { BindingSubject, PolicyRule } from "#lib/model/rbac.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { aPod } from "./build-pods.ts";
import {
  aBinding,
  aClusterRole,
  aMetadata,
  anAccount,
  aRule,
  aServiceAccount,
  aUser,
  DEFAULT_LABELS,
} from "./build-rbac.ts";
import { aSnapshot, type SnapshotParts } from "./build-snapshot.ts";

/** A ClusterRole of its own, bound to one subject: cluster-wide, or by a RoleBinding in the namespace `in`. */
export interface GivenGrant {
  readonly rules: readonly Partial<PolicyRule>[];
  readonly in?: string;
  /** alice unless given. */
  readonly to?: BindingSubject;
  /** The binding is one that the API server makes itself. */
  readonly byDefault?: boolean;
}

/** Everything, as the rule of cluster-admin. */
export const EVERYTHING: Partial<PolicyRule> = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };

/**
 * A cluster with the role `cluster-admin`, bound to the account `ops/root` alone, as which a pod runs, and these grants. Beside `ops`
 * there are the namespaces `payments` and `shop`, whose accounts are plain, and `kube-system`. All refuse privileged pods.
 */
export function aGrantedCluster(...grants: readonly GivenGrant[]): SnapshotParts {
  const bindings = grants.map(({ in: namespace, to = aUser("alice"), byDefault = false }, index) =>
    aBinding({
      name: `binding-${index}`,
      ...(namespace === undefined ? {} : { namespace }),
      role: `role-${index}`,
      subjects: [to],
      labels: byDefault ? DEFAULT_LABELS : [],
    }),
  );
  return {
    namespaces: ["kube-system", "ops", "payments", "shop"].map((name) => ({
      metadata: aMetadata({ name, labels: [["pod-security.kubernetes.io/enforce", "restricted"]] }),
    })),
    pods: [aPod("ops", "root-0", { spec: { serviceAccountName: "root" } })],
    serviceAccounts: [
      aServiceAccount("ops", "root"),
      aServiceAccount("payments", "web"),
      aServiceAccount("shop", "web"),
    ],
    clusterRoles: [
      aClusterRole("cluster-admin", [aRule(EVERYTHING)]),
      ...grants.map(({ rules }, index) => aClusterRole(`role-${index}`, rules.map(aRule))),
    ],
    clusterRoleBindings: [
      aBinding({ name: "root", role: "cluster-admin", subjects: [anAccount("ops", "root")] }),
      ...bindings.filter(({ metadata }) => metadata.namespace === undefined),
    ],
    roleBindings: bindings.filter(({ metadata }) => metadata.namespace !== undefined),
  };
}

/** The compiled RBAC of these objects with every escalation in it. */
export function escalationsIn(parts: SnapshotParts): {
  readonly model: AccessModel;
  readonly result: EscalationResult;
} {
  const snapshot = aSnapshot(parts);
  const model = compileAccess(snapshot);
  const minor = parts.minor === null ? null : Number(parts.minor ?? "37");
  return { model, result: findEscalations(model, { minor, cluster: clusterFacts(snapshot) }) };
}

/**
 * What one subject (as of `formatSubject`) holds, by edge, in words: `critical cluster`, `medium payments shop`, followed by
 * `expected` for default bindings alone and `inherited` for a group's.
 */
export function heldBy(parts: SnapshotParts, subject = "User:alice"): Readonly<Record<string, string>> {
  const { model, result } = escalationsIn(parts);
  const id = model.subjects.findIndex((candidate) => formatSubject(candidate) === subject);
  return Object.fromEntries(
    (id < 0 ? [] : result.of(id)).map(({ edge, severity, clusterWide, namespaces, expected, inherited }) => [
      edge.id,
      [
        severity,
        ...(clusterWide ? ["cluster"] : namespaces),
        ...(expected ? ["expected"] : []),
        ...(inherited ? ["inherited"] : []),
      ].join(" "),
    ]),
  );
}

/** Whether an edge that a subject holds works in its worst place: `active`, or the state and its reason; undefined when it is not held. */
export function stateOf(parts: SnapshotParts, edgeId: string, subject = "User:alice"): string | undefined {
  const { model, result } = escalationsIn(parts);
  const id = model.subjects.findIndex((candidate) => formatSubject(candidate) === subject);
  const state = (id < 0 ? [] : result.of(id)).find(({ edge }) => edge.id === edgeId)?.state;
  return state && (state.state === "active" ? "active" : `${state.state}: ${state.reason}`);
}

/** Where one edge leads a subject by steps that work now, in words such as `secrets payments *` or `role view payments`; sorted. */
export function reachedBy(parts: SnapshotParts, edgeId: string, subject = "User:alice"): readonly string[] {
  const { model, result } = escalationsIn(parts);
  const id = model.subjects.findIndex((candidate) => formatSubject(candidate) === subject);
  const { steps, vertices } = result.graph;
  return steps
    .filter(
      ({ from, via, state }) =>
        from === id && via.type === "right" && via.edge.id === edgeId && state.state === "active",
    )
    .map(({ to }) => {
      const vertex = vertices[to];
      const role = vertex?.type === "role" ? model.roles[vertex.role]?.ref.name : undefined;
      return Object.values({ ...vertex, ...(role === undefined ? {} : { role }) })
        .map((value) => (value === null ? "*" : String(value)))
        .join(" ");
    })
    .sort();
}
