import type { Subject } from "../../model/access.ts";
import { SEVERITIES, severityRank, type Severity } from "../../model/severity.ts";

/**
 * How many hold what is granted to a subject that nobody chooses to be.
 * - `anyone`: without a credential; `everyone`: with any credential, so every pod too; `every-account`: every pod
 */
export type Breadth = "anyone" | "everyone" | "every-account";

const BREADTHS: ReadonlyMap<string, Breadth> = new Map([
  ["User:system:anonymous", "anyone"],
  ["Group:system:unauthenticated", "anyone"],
  ["Group:system:authenticated", "everyone"],
  ["Group:system:serviceaccounts", "every-account"],
]);

/**
 * Breadth of a subject, or null for one that stands for few. Groups of one namespace's accounts, and the accounts named `default`, are no mass grant:
 * who is behind them is known and stands in the graph.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export function breadthOf({ kind, name }: Subject): Breadth | null {
  return BREADTHS.get(`${kind}:${name}`) ?? null;
}

/** What a mass grant makes of a severity: at least high for anyone, one step worse but not critical for the others. */
export function raisedBy(breadth: Breadth, severity: Severity): Severity {
  if (severity === "critical" || severity === "high") return severity;
  if (breadth === "anyone") return "high";
  return SEVERITIES[severityRank(severity) - 1] ?? severity;
}
