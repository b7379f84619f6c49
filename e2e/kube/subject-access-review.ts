import type { AccessRequest, UserInfo } from "#lib/model/access.ts";
import { isResourceRequest } from "#lib/model/access.ts";
import { asRecord } from "./json.ts";
import type { KubeClient } from "./kube-client.ts";

const PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
const PARALLEL = 8;

/** One question with the user who asks. */
export interface AccessQuestion {
  readonly who: UserInfo;
  readonly request: AccessRequest;
}

/**
 * Asks the API server itself, 8 questions at a time.
 * @returns Whether each is allowed, in order. Throws when the server does not take a question.
 */
export async function askServer(
  kube: Pick<KubeClient, "request">,
  questions: readonly AccessQuestion[],
): Promise<readonly boolean[]> {
  const answers: boolean[] = [];
  const queue = questions.entries();
  const runner = async () => {
    for (const [index, question] of queue) answers[index] = await askOne(kube, question);
  };
  await Promise.all(Array.from({ length: PARALLEL }, runner));
  return answers;
}

async function askOne(kube: Pick<KubeClient, "request">, { who, request }: AccessQuestion): Promise<boolean> {
  const { status, body } = await kube.request("POST", PATH, {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: { user: who.user, groups: who.groups, ...attributesOf(request) },
  });
  const allowed = asRecord(asRecord(body)["status"])["allowed"];
  if (status !== 201 || typeof allowed !== "boolean")
    throw new Error(`SubjectAccessReview of ${JSON.stringify({ who, request })}: ${JSON.stringify(body)}`);
  return allowed;
}

function attributesOf(request: AccessRequest): object {
  if (!isResourceRequest(request)) return { nonResourceAttributes: { verb: request.verb, path: request.path } };
  const { apiGroup: group, ...rest } = request;
  return { resourceAttributes: { group, ...rest } };
}
