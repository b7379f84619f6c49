import type { JsonRecord } from "../project/values.ts";
import type { Scan } from "./scan.ts";
import { recordOf, textOf, textsOf } from "../project/values.ts";
import { RequestFailure } from "./failure.ts";

/** Who the API server takes the credential for. */
export interface SelfIdentity {
  readonly username: string;
  readonly groups: readonly string[];
}

/** One question to the API server about the credential's own rights. */
export interface SelfAccessQuestion {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The identity of the credential; null on servers that do not say (before 1.27) or do not let it ask. */
export async function reviewIdentity(scan: Scan): Promise<SelfIdentity | null> {
  for (const version of ["v1", "v1beta1"] as const) {
    const apiVersion = `authentication.k8s.io/${version}`;
    const review = { apiVersion, kind: "SelfSubjectReview" };
    const answer = await ask(scan, `/apis/${apiVersion}/selfsubjectreviews`, review);
    if (answer === null) continue;
    const user = recordOf(recordOf(answer, "status"), "userInfo");
    return { username: textOf(user, "username"), groups: textsOf(user, "groups") };
  }
  return null;
}

/** Whether the credential may do this; null when the server does not let it ask. */
export async function reviewAccess(scan: Scan, question: SelfAccessQuestion): Promise<boolean | null> {
  const apiVersion = "authorization.k8s.io/v1";
  const review = { apiVersion, kind: "SelfSubjectAccessReview", spec: { resourceAttributes: { ...question } } };
  const answer = await ask(scan, `/apis/${apiVersion}/selfsubjectaccessreviews`, review);
  return answer === null ? null : recordOf(answer, "status").allowed === true;
}

/** Rules of the credential in one namespace, as the server lists them; null when it does not let it ask. */
export async function reviewRules(scan: Scan, namespace: string): Promise<JsonRecord | null> {
  const apiVersion = "authorization.k8s.io/v1";
  const review = { apiVersion, kind: "SelfSubjectRulesReview", spec: { namespace } };
  const answer = await ask(scan, `/apis/${apiVersion}/selfsubjectrulesreviews`, review);
  return answer === null ? null : recordOf(answer, "status");
}

/** Reviews are stateless questions: nothing is stored in the cluster. */
async function ask(scan: Scan, path: string, review: JsonRecord): Promise<JsonRecord | null> {
  try {
    return (await scan.send({ path, review })).body;
  } catch (error) {
    const isRefused =
      error instanceof RequestFailure && (error.reason === "forbidden" || error.reason === "not-served");
    if (isRefused) return null;
    throw error;
  }
}
