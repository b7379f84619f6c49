import type { PathPlace } from "../../contracts/paths.ts";
import type { ClusterTarget, Vertex } from "../../engines/escalation/index.ts";
import type { AccessModel } from "../../engines/rbac/index.ts";
import { qualifiedName } from "../../model/object-ref.ts";
import type { Severity } from "../../model/severity.ts";
import { formatSubject } from "../../model/subject-name.ts";
import { listOf } from "../words.ts";

const TARGETS: Readonly<Record<ClusterTarget, PathPlace>> = {
  "cluster-admin": { type: "target", label: "Takes over", title: "the cluster" },
  masters: { type: "target", label: "Acts as", title: "system:masters" },
  "node-root": { type: "target", label: "Is root on", title: "a node" },
  "kube-system-secrets": { type: "target", label: "Reads", title: "secrets of kube-system" },
};
const KIND_LABELS = { ServiceAccount: "ServiceAccount", User: "User", Group: "Group" } as const;

/** A state on a path in words. */
export function placeOf(vertex: Vertex, model: AccessModel): PathPlace {
  switch (vertex.type) {
    case "subject":
    case "account": {
      const subject = model.subjects[vertex.subject];
      if (!subject) throw new RangeError(`no subject ${vertex.subject}`);
      return {
        type: subject.kind === "Group" ? "group" : "subject",
        label: KIND_LABELS[subject.kind],
        title: qualifiedName(subject),
        subject: formatSubject(subject),
      };
    }
    case "target":
      return TARGETS[vertex.target];
    case "namespace-admin":
      return { type: "namespace", label: "Owns", title: inNamespace(vertex.namespace, "namespace") };
    case "new-pods":
      return { type: "pods", label: "Starts pods in", title: inNamespace(vertex.namespace) };
    case "pods":
      return { type: "pods", label: "Runs code in", title: named(vertex.names, "pods of", vertex.namespace) };
    case "secrets":
      return { type: "secrets", label: "Reads", title: named(vertex.names, "secrets of", vertex.namespace) };
    case "accounts":
      return { type: "identity", label: "Has tokens of", title: named(vertex.names, "accounts of", vertex.namespace) };
    case "identities":
      return { type: "identity", label: "Acts as", title: named(vertex.names, "accounts of", vertex.namespace) };
    case "users":
    case "groups":
      return {
        type: "identity",
        label: "Acts as",
        title: vertex.names ? listOf(vertex.names) : `any ${vertex.type === "users" ? "user" : "group"}`,
      };
    case "nodes":
      return { type: "node", label: "Is root on", title: vertex.names ? listOf(vertex.names) : "any node" };
    case "node":
      return { type: "node", label: "Is root on", title: vertex.name };
    case "role": {
      const ref = model.roles[vertex.role]?.ref;
      return {
        type: "role",
        label: "Holds",
        title: `${ref?.kind} ${ref?.name}${vertex.namespace === null ? "" : ` in ${vertex.namespace}`}`,
      };
    }
    case "cloud-role":
      return { type: "target", label: "Takes the cloud role", title: vertex.name };
  }
}

/** The name of a target in queries, or null for a state that is not one. */
export function targetId(vertex: Vertex, model: AccessModel): string | null {
  if (vertex.type === "target") return vertex.target;
  if (vertex.type === "namespace-admin") return vertex.namespace === null ? null : `namespace/${vertex.namespace}`;
  if (vertex.type === "cloud-role") return `cloud/${vertex.name}`;
  if (vertex.type !== "account" && vertex.type !== "subject") return null;
  const subject = model.subjects[vertex.subject];
  return subject ? formatSubject(subject) : null;
}

/** What reaching it is worth. */
export function targetSeverity(vertex: Vertex): Severity {
  if (vertex.type === "target") return vertex.target === "kube-system-secrets" ? "high" : "critical";
  return vertex.type === "namespace-admin" || vertex.type === "cloud-role" ? "high" : "medium";
}

function inNamespace(namespace: string | null, noun = ""): string {
  if (namespace === null) return "every namespace";
  return noun === "" ? namespace : `${noun} ${namespace}`;
}

function named(names: readonly string[] | null, what: string, namespace: string | null): string {
  const where = namespace ?? "every namespace";
  return names ? `${listOf(names)} in ${where}` : `${what} ${where}`;
}
