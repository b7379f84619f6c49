/** Something to start from. */
export type Example = { readonly label: string; readonly text: string };

export const EXAMPLES: readonly Example[] = [
  {
    label: "A pipeline that may bind roles",
    text: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: pipeline
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterrolebindings]
    verbs: [create]
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [bind]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: pipeline
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: pipeline
subjects:
  - kind: ServiceAccount
    name: pipeline
    namespace: default
`,
  },
  {
    label: "Read pods in one namespace",
    text: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: pod-reader
  namespace: default
rules:
  - apiGroups: [""]
    resources: [pods, pods/log]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: pod-reader
  namespace: default
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: pod-reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: developers
`,
  },
  {
    label: "A service account that makes tokens",
    text: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: token-maker
  namespace: default
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: token-maker
  namespace: kube-system
rules:
  - apiGroups: [""]
    resources: [serviceaccounts/token]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: token-maker
  namespace: kube-system
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: token-maker
subjects:
  - kind: ServiceAccount
    name: token-maker
    namespace: default
`,
  },
];

/** The text with another one added: as a further document, or in its place where it holds nothing but an example. */
export function withText(text: string, added: string): string {
  if (text.trim() === "" || EXAMPLES.some((example) => example.text === text)) return added;
  return `${text.trimEnd()}\n---\n${added}`;
}
