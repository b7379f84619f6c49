import type { ControlPlane } from "./control-plane.ts";
import type { ImpersonationClient, ImpersonationHeaders } from "./impersonation-client.ts";
import type { Method } from "./kube-client.ts";

const RBAC = "rbac.authorization.k8s.io";
const RBAC_PATH = `/apis/${RBAC}/v1`;

/** Who does something; each is bound to everything at first. `bob` holds nothing. */
export const ACTORS = ["alice", "deputy"] as const;

export const TOKENS = [...ACTORS, "bob"].map((user) => ({ token: `token-of-${user}`, user, uid: user, groups: [] }));

type Post = readonly [path: string, object: object];

/** What must be there before. */
export const WORLD: readonly Post[] = [
  ...["shop", "pay"].map((name): Post => [
    "/api/v1/namespaces",
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
  ]),
  [
    "/api/v1/namespaces/shop/pods",
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p" },
      spec: { containers: [{ name: "c", image: "registry.example.com/c" }] },
    },
  ],
  ["/api/v1/namespaces/shop/serviceaccounts", { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "sa" } }],
  [
    `${RBAC_PATH}/clusterroles`,
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name: "wide" },
      rules: [
        { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
        { verbs: ["*"], nonResourceURLs: ["*"] },
      ],
    },
  ],
];

/** What the new roles take the place of. */
export const WIDE_BINDINGS: readonly Post[] = ACTORS.map((name) => [
  `${RBAC_PATH}/clusterrolebindings`,
  {
    apiVersion: `${RBAC}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name: `wide-${name}` },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "wide" },
    subjects: [{ kind: "User", apiGroup: RBAC, name }],
  },
]);

const configMap = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } });
const applied = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";
const DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";
const POD = "/api/v1/namespaces/shop/pods/p";

/** Requests of every kind, in an order in which each finds what it needs; at the end everything is as before. */
const REQUESTS: readonly (readonly [method: Method, path: string, body?: unknown])[] = [
  ["GET", "/api/v1/namespaces/shop/pods"],
  ["GET", "/api/v1/namespaces/pay/pods?fieldSelector=metadata.name%3Dq"],
  ["GET", "/api/v1/namespaces?fieldSelector=metadata.name%3Dshop"],
  ["GET", "/api/v1/namespaces/shop"],
  ["GET", "/api/v1/services"],
  ["GET", "/api/v1/nodes/none"],
  ["POST", CONFIG_MAPS, configMap("made")],
  ["GET", `${CONFIG_MAPS}/made`],
  ["PUT", `${CONFIG_MAPS}/made`, configMap("made")],
  ["PATCH", `${CONFIG_MAPS}/made?fieldManager=x&force=true`, applied("made")],
  ["DELETE", `${CONFIG_MAPS}/made`],
  ["DELETE", `${CONFIG_MAPS}?labelSelector=nothing%3Dhere`],
  ["PATCH", "/api/v1/namespaces/pay/configmaps/applied?fieldManager=x", applied("applied")],
  ["DELETE", "/api/v1/namespaces/pay/configmaps/applied"],
  ["PUT", "/api/v1/namespaces/pay/endpoints/put", { apiVersion: "v1", kind: "Endpoints", metadata: { name: "put" } }],
  ["DELETE", "/api/v1/namespaces/pay/endpoints/put"],
  ["GET", `${POD}/log`],
  ["GET", `${POD}/exec?command=ls&stdout=true`],
  ["POST", `${POD}/attach?stdout=true`],
  ["GET", "/api/v1/namespaces/shop/services/none/proxy/a/b?c=d"],
  ["GET", `${DEPLOYMENTS}?watch=1&timeoutSeconds=1`],
  ["GET", `/apis/apps/v1/watch/namespaces/shop/deployments/d?timeoutSeconds=1`],
  ["GET", `${DEPLOYMENTS}/d/scale`],
  [
    "POST",
    "/api/v1/namespaces/shop/serviceaccounts/sa/token",
    { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 600 } },
  ],
  [
    "POST",
    "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      spec: { user: "x", resourceAttributes: { verb: "get", resource: "pods" } },
    },
  ],
  [
    "POST",
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: { verb: "get", resource: "pods" } },
    },
  ],
  ["GET", "/apis/widgets.example.com/v1/namespaces/shop/widgets/w"],
  ["GET", "/apis/widgets.example.com/v1/widgets"],
  ["GET", "/version"],
  ["GET", "/apis/apps/v1"],
  ["GET", "/metrics"],
  ["GET", "/a%20b?c=d"],
];

const IMPERSONATIONS: readonly ImpersonationHeaders[] = [
  { user: "bob" },
  { user: "carol", groups: ["dev", "ops"], uid: "u1", extra: [["example.com/scopes", ["a", "b"]]] },
  { user: "system:serviceaccount:shop:sa" },
];

/** What was asked and how it was answered. */
export interface Answer {
  readonly what: string;
  readonly status: number;
}

/** Everybody does the same things as ever. The same calls give the same answers as long as everybody may do the same. */
export async function actOut(kube: ControlPlane, client: ImpersonationClient): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const [method, path, body] of REQUESTS) {
    const { status } = await kube.request(method, path, body, "token-of-alice");
    answers.push({ what: `alice ${method} ${path}`, status });
  }
  for (const path of ["/api/v1/secrets", "/metrics", "/version"]) {
    const { status } = await kube.request("GET", path, undefined, "token-of-bob");
    answers.push({ what: `bob GET ${path}`, status });
  }
  for (const as of IMPERSONATIONS) {
    const { body, status } = await client.send("GET", "/api/v1/namespaces/shop/pods", { as, token: "token-of-deputy" });
    // The impersonated hold nothing: that the request is refused in their name shows that the impersonation was not.
    const isTheirs = JSON.stringify(body).includes(`User \\"${as.user ?? ""}\\" cannot list`);
    answers.push({ what: `deputy as ${JSON.stringify(as)}`, status: isTheirs ? 200 : status });
  }
  return answers;
}
