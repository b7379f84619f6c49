import { seededRandom } from "#e2e/support/random.ts";
import { isResourceRequest } from "#lib/model/access.ts";
import type { AccessQuestion } from "./subject-access-review.ts";

const NODE = "n1";
const USERS = [
  `system:node:${NODE}`,
  `system:node:${NODE}`,
  "system:node:n2",
  "system:node:",
  "system:node:a:b",
] as const;
const VERBS = [
  ..."get|list|watch|create|update|patch|delete|deletecollection|*|impersonate".split("|"),
] as readonly string[];
/** `group/resource/subresource`: what kubelets ask for, what the Node authorizer treats by its own logic, and neighbours. */
const RESOURCES = [
  ..."/pods/|/pods/status|/pods/eviction|/pods/exec|/pods/log|/nodes/|/nodes/status|/nodes/proxy|/secrets/".split("|"),
  ..."/configmaps/|/configmaps/status|/secrets/x|/persistentvolumeclaims/|/persistentvolumeclaims/status".split("|"),
  ..."/persistentvolumes/|/persistentvolumes/status|/serviceaccounts/|/serviceaccounts/token|/services/|/endpoints/".split(
    "|",
  ),
  ..."/events/|events.k8s.io/events/|coordination.k8s.io/leases/|coordination.k8s.io/leases/x|storage.k8s.io/csinodes/".split(
    "|",
  ),
  ..."storage.k8s.io/csinodes/status|storage.k8s.io/volumeattachments/|storage.k8s.io/csidrivers/".split("|"),
  ..."resource.k8s.io/resourceclaims/|resource.k8s.io/resourceclaims/status|resource.k8s.io/resourceslices/".split("|"),
  ..."resource.k8s.io/resourceslices/x|node.k8s.io/runtimeclasses/|certificates.k8s.io/certificatesigningrequests/".split(
    "|",
  ),
  ..."certificates.k8s.io/certificatesigningrequests/status|certificates.k8s.io/clustertrustbundles/".split("|"),
  ..."certificates.k8s.io/podcertificaterequests/|certificates.k8s.io/podcertificaterequests/status".split("|"),
  ..."authentication.k8s.io/tokenreviews/|authorization.k8s.io/subjectaccessreviews/".split("|"),
  ..."authorization.k8s.io/localsubjectaccessreviews/|apps/deployments/|apps/secrets/|rbac.authorization.k8s.io/roles/".split(
    "|",
  ),
  ..."storage.k8s.io/storageclasses/|networking.k8s.io/networkpolicies/".split("|"),
] as readonly string[];
/** Kinds whose answer depends on the pods of the node or on a field selector. */
const LIMITED = new Set([
  ..."/secrets|/configmaps|/persistentvolumeclaims|/persistentvolumes|/serviceaccounts|/pods|/nodes".split("|"),
  ..."storage.k8s.io/volumeattachments|resource.k8s.io/resourceclaims|resource.k8s.io/resourceslices".split("|"),
  "certificates.k8s.io/podcertificaterequests",
]);

/** Whether only the server can know the answer for a node, so that `unknown` is right. */
export function isLimitedByGraph({ request }: AccessQuestion): boolean {
  return isResourceRequest(request) && LIMITED.has(`${request.apiGroup}/${request.resource}`);
}

/**
 * Every verb on every of these resources, with and without namespace, unnamed, on the node's own name and on another one; and
 * a few hundred requests of users that look like nodes, made from a seed.
 */
export function generateNodeQuestions(seed: number): readonly AccessQuestion[] {
  const nodeGroups = ["system:nodes", "system:authenticated"];
  const own = { user: `system:node:${NODE}`, groups: nodeGroups };
  const questions: AccessQuestion[] = [];
  for (const text of RESOURCES) {
    const [apiGroup = "", resource = "", subresource = ""] = text.split("/");
    for (const verb of VERBS)
      for (const namespace of ["", "kube-node-lease"])
        for (const name of ["", NODE, "other"])
          questions.push({ who: own, request: { verb, apiGroup, resource, subresource, namespace, name } });
  }
  const random = seededRandom(seed);
  const odd = Array.from({ length: 400 }, (): AccessQuestion => {
    const who = { user: random.pick(USERS), groups: random.chance(0.7) ? nodeGroups : ["system:authenticated"] };
    if (random.chance(0.1)) return { who, request: { verb: "get", path: random.pick(["/healthz", "/metrics", "/x"]) } };
    return { who, request: random.pick(questions).request };
  });
  return [...questions, ...odd];
}
