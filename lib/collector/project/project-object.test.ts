import { describe, expect, it } from "vitest";
import type { SpecObject } from "#lib/model/cluster-objects.ts";
import { KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import type { Container, Pod, Workload } from "#lib/model/pod.ts";
import type { ProjectedObject } from "./project-object.ts";
import { createInterner } from "./interner.ts";
import { projectObject } from "./project-object.ts";
import { SPEC_PROJECTIONS } from "./spec-projections.ts";
import { InvalidObject } from "./values.ts";

const CANARY = "secret-canary";

function project(
  kind: string,
  object: object,
  group?: string,
  context = { interner: createInterner() },
): ProjectedObject | null {
  const definition = KIND_DEFINITIONS.find(
    (entry) => entry.kind === kind && (group === undefined || entry.group === group),
  );
  if (definition === undefined) throw new Error(`no kind ${kind}`);
  const version = definition.versions[0] ?? "";
  return projectObject(definition, version, { ...object }, context);
}

const metadata = { name: "x", namespace: "team" };
const pod = (spec: object, extra: object = {}): Pod => project("Pod", { metadata, spec, ...extra }) as Pod; // kind Pod
const container = (fields: object): Container => {
  const [first] = pod({ containers: [{ name: "c", image: "i", ...fields }] }).spec.containers;
  if (first === undefined) throw new Error("no container");
  return first;
};
const spec = (kind: string, object: object, group?: string): SpecObject["spec"] =>
  (project(kind, { metadata, ...object }, group) as SpecObject).spec; // a kind without a type of its own

describe("the registry", () => {
  const typed = [
    "namespaces",
    "nodes",
    "pods",
    "workloads",
    "serviceAccounts",
    "roles",
    "clusterRoles",
    "roleBindings",
    "clusterRoleBindings",
    "configMaps",
  ];
  it.each(
    KIND_DEFINITIONS.filter(({ collection }) => !typed.includes(collection)).map(
      ({ group, kind }) => `${group}/${kind}`,
    ),
  )("has an allow-list for %s", (key) => {
    expect(SPEC_PROJECTIONS.has(key)).toBe(true);
  });
});

describe("metadata", () => {
  it("keeps allow-listed annotations only", () => {
    const annotations = {
      "kubectl.kubernetes.io/last-applied-configuration": CANARY,
      "eks.amazonaws.com/role-arn": "arn:x",
      "pod-security.kubernetes.io/exempt": "user",
      "container.apparmor.security.beta.kubernetes.io/c": "unconfined",
      note: CANARY,
      "kubernetes.io/psp": "x".repeat(5000),
      odd: 5,
    };
    const object = project("ServiceAccount", { metadata: { ...metadata, annotations } });
    expect(object?.metadata.annotations).toEqual([
      ["container.apparmor.security.beta.kubernetes.io/c", "unconfined"],
      ["eks.amazonaws.com/role-arn", "arn:x"],
      ["pod-security.kubernetes.io/exempt", "user"],
    ]);
  });

  it("puts a namespaced object without namespace into default and takes the namespace from a cluster-scoped one", () => {
    expect(project("ServiceAccount", { metadata: { name: "x" } })?.metadata.namespace).toBe("default");
    expect(project("ClusterRole", { metadata, rules: [] })?.metadata).not.toHaveProperty("namespace");
  });

  it("gives a namespace its name label and keeps odd label keys", () => {
    const labels: unknown = JSON.parse('{"__proto__":"a","z":"b","kubernetes.io/metadata.name":"lie"}');
    expect(project("Namespace", { metadata: { name: "x", labels } })?.metadata.labels).toEqual([
      ["__proto__", "a"],
      ["kubernetes.io/metadata.name", "x"],
      ["z", "b"],
    ]);
  });

  it.each([
    { name: "no metadata", object: {} },
    { name: "no name", object: { metadata: {} } },
    { name: "an empty name", object: { metadata: { name: "" } } },
    { name: "a name that is a number", object: { metadata: { name: 5 } } },
    { name: "labels that are a list", object: { metadata: { name: "x", labels: ["a"] } } },
    { name: "a label that is a number", object: { metadata: { name: "x", labels: { a: 1 } } } },
    { name: "metadata that is text", object: { metadata: "x" } },
  ])("refuses $name", ({ object }) => {
    expect(() => project("ServiceAccount", object)).toThrow(InvalidObject);
  });
});

describe("roles and bindings", () => {
  it("keeps rules exactly, with empty lists for missing ones", () => {
    const rules = [
      { verbs: ["*"], apiGroups: [""], resources: ["pods/*"] },
      { nonResourceURLs: ["/x*"], verbs: ["get"] },
      null,
    ];
    expect(project("Role", { metadata, rules })).toMatchObject({
      rules: [
        { verbs: ["*"], apiGroups: [""], resources: ["pods/*"], resourceNames: [], nonResourceURLs: [] },
        { verbs: ["get"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ["/x*"] },
        { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] },
      ],
    });
    expect(project("Role", { metadata, rules: null })).toMatchObject({ rules: [] });
    expect(() => project("Role", { metadata, rules: [{ verbs: "get" }] })).toThrow(InvalidObject);
  });

  it("tells an empty aggregation selector from none", () => {
    expect(project("ClusterRole", { metadata, rules: [] })).not.toHaveProperty("aggregationSelectors");
    expect(project("ClusterRole", { metadata, aggregationRule: { clusterRoleSelectors: [{}] } })).toMatchObject({
      aggregationSelectors: [{ matchLabels: [], matchExpressions: [] }],
    });
  });

  it("applies default groups to subjects and role references and no default namespace", () => {
    const subjects = [
      { kind: "User", name: "a" },
      { kind: "ServiceAccount", name: "b" },
      { kind: "Group", name: "c", apiGroup: "odd" },
    ];
    expect(project("RoleBinding", { metadata, roleRef: { kind: "Role", name: "r" }, subjects })).toMatchObject({
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" },
      subjects: [
        { kind: "User", name: "a", apiGroup: "rbac.authorization.k8s.io" },
        { kind: "ServiceAccount", name: "b", apiGroup: "" },
        { kind: "Group", name: "c", apiGroup: "odd" },
      ],
    });
    expect(() => project("RoleBinding", { metadata, subjects })).toThrow(InvalidObject);
  });
});

describe("pods", () => {
  it("never keeps values of variables, arguments, commands of probes or inline secrets", () => {
    const projected = pod({
      containers: [
        {
          name: "c",
          image: "i",
          command: ["sh", "-c", CANARY],
          args: [`--password=${CANARY}`, `--token-auth-file=${CANARY}`],
          env: [
            { name: "A", value: CANARY },
            { name: "B", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
            { name: "C", valueFrom: { configMapKeyRef: { name: "m", key: "k" } } },
            { name: "D", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
          ],
          envFrom: [{ secretRef: { name: "s" }, prefix: CANARY }],
          livenessProbe: {
            exec: { command: [CANARY] },
            httpGet: { httpHeaders: [{ name: "Authorization", value: CANARY }] },
          },
          lifecycle: { preStop: { exec: { command: [CANARY] } } },
        },
      ],
      volumes: [
        { name: "v", csi: { driver: "d", volumeAttributes: { password: CANARY } } },
        { name: "f", flexVolume: { options: { p: CANARY } } },
      ],
    });
    expect(JSON.stringify(projected)).not.toContain(CANARY);
    expect(projected.spec.containers[0]?.environment).toEqual([
      { name: "A", source: "literal" },
      { name: "B", source: { kind: "Secret", name: "s", key: "k" } },
      { name: "C", source: { kind: "ConfigMap", name: "m", key: "k" } },
      { name: "D", source: "field" },
    ]);
    expect(projected.spec.containers[0]?.environmentFrom).toEqual([{ kind: "Secret", name: "s" }]);
    expect(projected.spec.volumes.map(({ type, csiDriver }) => [type, csiDriver])).toEqual([
      ["csi", "d"],
      ["flexVolume", undefined],
    ]);
  });

  it.each([
    {
      name: "a known binary",
      fields: { command: ["kube-apiserver", "--anonymous-auth=false", "--secret-thing=x", "--profiling"] },
      flags: [{ name: "anonymous-auth", value: "false" }, { name: "profiling" }],
    },
    {
      name: "a path and separate values",
      fields: { command: ["/usr/local/bin/etcd"], args: ["--listen-client-urls", "https://u:p@10.0.0.1:2379"] },
      flags: [{ name: "listen-client-urls", value: "https://10.0.0.1:2379" }],
    },
    {
      name: "a shell",
      fields: { command: ["/bin/sh", "-c", "exec kube-proxy --proxy-mode=ipvs"] },
      flags: [{ name: "proxy-mode", value: "ipvs" }],
    },
    { name: "another program", fields: { command: ["nginx", "--anonymous-auth=false"] }, flags: [] },
  ])("reads flags of $name", ({ fields, flags }) => {
    expect(container(fields).flags).toEqual(flags);
  });

  it("keeps security contexts unchanged, without null fields", () => {
    const securityContext = {
      runAsUser: 0,
      capabilities: { add: ["NET_ADMIN"], drop: [] },
      seccompProfile: null,
      privileged: true,
    };
    expect(container({ securityContext }).securityContext).toEqual({
      runAsUser: 0,
      capabilities: { add: ["NET_ADMIN"], drop: [] },
      privileged: true,
    });
    expect(container({})).not.toHaveProperty("securityContext");
    expect(container({ securityContext: {} }).securityContext).toEqual({});
  });

  it("names the hosts of probes and handlers with their paths", () => {
    const fields = {
      livenessProbe: { httpGet: { host: "a" } },
      startupProbe: { tcpSocket: { host: "b" } },
      readinessProbe: { httpGet: { port: 1 } },
      lifecycle: { preStop: { httpGet: { host: "c" } } },
    };
    expect(container(fields).probeHosts).toEqual([
      { path: "livenessProbe.httpGet.host", host: "a" },
      { path: "startupProbe.tcpSocket.host", host: "b" },
      { path: "lifecycle.preStop.httpGet.host", host: "c" },
    ]);
  });

  it("applies the defaults of the API server", () => {
    const { spec: kept } = pod({
      containers: [{ name: "c", ports: [{ containerPort: 80 }] }],
      volumes: [{ name: "v" }],
    });
    expect(kept.serviceAccountName).toBe("default");
    expect(kept.containers[0]?.ports).toEqual([{ containerPort: 80, protocol: "TCP" }]);
    expect(kept.volumes).toEqual([{ name: "v", type: "emptyDir" }]);
    expect(pod({ serviceAccount: "old" }).spec.serviceAccountName).toBe("old");
  });

  it("orders containers, init containers, ephemeral containers", () => {
    const { containers } = pod({
      ephemeralContainers: [{ name: "e" }],
      initContainers: [{ name: "i", restartPolicy: "Always" }],
      containers: [{ name: "c" }],
    }).spec;
    expect(containers.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["container c", "init i", "ephemeral e"]);
  });

  it("shares one specification and one label set between replicas, whose token volumes differ by a random end", () => {
    const context = { interner: createInterner() };
    const replica = (name: string, end: string): Pod =>
      project(
        "Pod",
        {
          metadata: { name, namespace: "team", labels: { app: "a" } },
          spec: {
            nodeName: name,
            containers: [
              {
                name: "c",
                image: "i",
                volumeMounts: [{ name: `kube-api-access-${end}`, mountPath: "/var/run", readOnly: true }],
              },
            ],
            volumes: [
              {
                name: `kube-api-access-${end}`,
                projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607 } }] },
              },
            ],
          },
        },
        undefined,
        context,
      ) as Pod; // kind Pod
    const first = replica("a", "abcde");
    const second = replica("b", "fghij");
    expect(second.spec).toBe(first.spec);
    expect(second.metadata.labels).toBe(first.metadata.labels);
    expect(first.spec.volumes[0]?.name).toBe("kube-api-access");
    expect(first.spec.containers[0]?.volumeMounts[0]?.name).toBe("kube-api-access");
    expect(first.spec.volumes[0]?.projected).toEqual([{ type: "serviceAccountToken", expirationSeconds: 3607 }]);
  });

  it("reads the template of a CronJob and the plain selector of a ReplicationController", () => {
    const template = { metadata: { labels: { a: "b" } }, spec: { containers: [] } };
    const cron = project("CronJob", {
      metadata,
      spec: { schedule: "* * * * *", suspend: true, jobTemplate: { spec: { template } } },
    });
    expect(cron).toMatchObject({
      kind: "CronJob",
      schedule: "* * * * *",
      suspended: true,
      template: { labels: [["a", "b"]] },
    });
    const controller = project("ReplicationController", {
      metadata,
      spec: { selector: { a: "b" }, template },
    }) as Workload; // such a kind
    expect(controller.selector).toEqual({ matchLabels: [["a", "b"]], matchExpressions: [] });
    expect(() => project("Deployment", { metadata, spec: {} })).toThrow(InvalidObject);
  });
});

describe("policies and other kinds", () => {
  it("keeps absent, empty and null parts of a NetworkPolicy apart", () => {
    const ingress = [
      {},
      { from: [] },
      { from: [{ namespaceSelector: {}, podSelector: null }], ports: [{ port: "http" }] },
      null,
    ];
    expect(
      spec("NetworkPolicy", { spec: { podSelector: {}, ingress, egress: null, extra: CANARY } }, "networking.k8s.io"),
    ).toEqual({
      podSelector: {},
      ingress: [{}, { from: [] }, { from: [{ namespaceSelector: {} }], ports: [{ port: "http" }] }, {}],
    });
  });

  it("reads a null label value as empty, never as no condition", () => {
    const podSelector = { matchLabels: { app: null } };
    expect(spec("NetworkPolicy", { spec: { podSelector } }, "networking.k8s.io")).toEqual({
      podSelector: { matchLabels: { app: "" } },
    });
  });

  it.each([
    {
      kind: "MutatingWebhookConfiguration",
      object: {
        webhooks: [{ name: "w", clientConfig: { url: `https://u:${CANARY}@h/p?${CANARY}`, caBundle: CANARY } }],
      },
      expected: { webhooks: [{ name: "w", clientConfig: { url: "https://h/p", caBundle: true } }] },
    },
    {
      kind: "Route",
      object: { spec: { host: "h", tls: { termination: "edge", key: CANARY, certificate: CANARY } } },
      expected: { host: "h", tls: { termination: "edge" } },
    },
    {
      kind: "HTTPRoute",
      object: {
        spec: {
          rules: [
            {
              backendRefs: [{ name: "s", port: 80 }],
              filters: [
                {
                  type: "RequestHeaderModifier",
                  requestHeaderModifier: { set: [{ name: "Authorization", value: CANARY }] },
                },
              ],
            },
          ],
        },
      },
      expected: { rules: [{ backendRefs: [{ name: "s", port: 80 }], filters: [{ type: "RequestHeaderModifier" }] }] },
    },
    {
      kind: "PersistentVolume",
      object: {
        spec: {
          csi: { driver: "d", volumeAttributes: { a: CANARY }, nodeStageSecretRef: { name: CANARY } },
          hostPath: { path: "/" },
        },
      },
      expected: { csi: { driver: "d" }, hostPath: { path: "/" } },
    },
    {
      kind: "StorageClass",
      object: { provisioner: "p", parameters: { adminSecret: CANARY }, allowVolumeExpansion: true },
      expected: { provisioner: "p", allowVolumeExpansion: true },
    },
    {
      kind: "CertificateSigningRequest",
      object: { spec: { signerName: "s", request: CANARY, username: "u", extra: { a: [CANARY] } } },
      expected: { signerName: "s", username: "u" },
    },
    {
      kind: "EndpointSlice",
      object: {
        addressType: "IPv4",
        endpoints: [
          {
            addresses: ["10.0.0.1"],
            deprecatedTopology: { a: CANARY },
            targetRef: { kind: "Pod", name: "p", uid: "u" },
          },
        ],
      },
      expected: {
        addressType: "IPv4",
        endpoints: [{ addresses: ["10.0.0.1"], targetRef: { kind: "Pod", name: "p" } }],
      },
    },
    {
      kind: "CiliumNetworkPolicy",
      object: {
        specs: [
          {
            endpointSelector: {},
            ingress: [{ toPorts: [{ ports: [{ port: "80" }], rules: { http: [{ headers: [CANARY] }] } }] }],
          },
        ],
      },
      expected: {
        specs: [{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "80" }], rules: { http: true } }] }] }],
      },
    },
  ])("$kind keeps what is allowed and nothing else", ({ kind, object, expected }) => {
    expect(spec(kind, object)).toEqual(expected);
  });

  it.each([
    { name: "a list where text belongs", kind: "Service", object: { spec: { type: ["x"] } } },
    { name: "text where a list belongs", kind: "Service", object: { spec: { ports: "80" } } },
    { name: "a list where an object belongs", kind: "Service", object: { spec: [] } },
  ])("refuses $name", ({ kind, object }) => {
    expect(() => spec(kind, object)).toThrow(InvalidObject);
  });
});

describe("component ConfigMaps", () => {
  const configMap = (name: string, data: object): ProjectedObject | null =>
    project("ConfigMap", { metadata: { name, namespace: "kube-system" }, data });
  it("reads allow-listed settings out of embedded YAML", () => {
    const kubelet = `authentication:\n  anonymous: {enabled: true}\nreadOnlyPort: 10255\nstaticPodURLHeader: {Authorization: [${CANARY}]}\n`;
    expect(configMap("kubelet-config", { kubelet })).toMatchObject({
      spec: { config: { authentication: { anonymous: { enabled: true } }, readOnlyPort: 10255 } },
    });
    const listed = `apiServer:\n  extraArgs:\n  - {name: anonymous-auth, value: "false"}\n  - {name: secret, value: ${CANARY}}\n`;
    const mapped = `apiServer:\n  extraArgs: {anonymous-auth: "false", secret: ${CANARY}}\n`;
    for (const ClusterConfiguration of [listed, mapped]) {
      const object = configMap("kubeadm-config", { ClusterConfiguration });
      expect(object).toMatchObject({
        spec: { config: { apiServer: { extraArgs: [{ name: "anonymous-auth", value: "false" }] } } },
      });
      expect(JSON.stringify(object)).not.toContain(CANARY);
    }
  });

  it("drops every other ConfigMap and survives broken YAML", () => {
    expect(configMap("my-config", { password: CANARY })).toBeNull();
    expect(
      project("ConfigMap", { metadata: { name: "kubelet-config", namespace: "team" }, data: { kubelet: CANARY } }),
    ).toBeNull();
    expect(configMap("kubelet-config", { kubelet: "a: [" })).toMatchObject({ spec: { config: {} } });
  });
});
