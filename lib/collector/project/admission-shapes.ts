import type { Shape } from "./shape.ts";
import { address, fields, list, presence, scalar, whole } from "./shape.ts";

/** What the API server, Pod Security and access engines read of admission control. */

const clientConfig = fields("", { url: address, service: fields("namespace name path port"), caBundle: presence });

export const webhookRoot = {
  webhooks: list(
    fields("name failurePolicy matchPolicy sideEffects timeoutSeconds reinvocationPolicy", {
      clientConfig,
      rules: list(
        fields("scope", {
          apiGroups: list(scalar),
          apiVersions: list(scalar),
          operations: list(scalar),
          resources: list(scalar),
        }),
      ),
      namespaceSelector: whole,
      objectSelector: whole,
      admissionReviewVersions: list(scalar),
      matchConditions: list(fields("name expression")),
    }),
  ),
} as const;

export const validatingAdmissionPolicySpec: Shape = fields("failurePolicy", {
  paramKind: fields("apiVersion kind"),
  matchConstraints: whole,
  matchConditions: list(fields("name expression")),
  variables: list(fields("name expression")),
  validations: list(fields("expression reason")),
});
export const mutatingAdmissionPolicySpec: Shape = fields("failurePolicy reinvocationPolicy", {
  paramKind: fields("apiVersion kind"),
  matchConstraints: whole,
  matchConditions: list(fields("name expression")),
  variables: list(fields("name expression")),
  mutations: list(fields("patchType")),
});
export const admissionPolicyBindingSpec: Shape = fields("policyName", {
  paramRef: fields("name namespace parameterNotFoundAction", { selector: whole }),
  matchResources: whole,
  validationActions: list(scalar),
});

/** Kyverno: which objects a rule meets and whether it is a Pod Security rule; patterns and templates are left out. */
export const kyvernoClusterPolicySpec: Shape = fields("validationFailureAction failurePolicy background admission", {
  validationFailureActionOverrides: whole,
  rules: list(
    fields("name", {
      match: whole,
      exclude: whole,
      validate: fields("failureAction", { podSecurity: whole, pattern: presence, deny: presence, cel: presence }),
      mutate: presence,
      generate: presence,
      verifyImages: presence,
    }),
  ),
});
export const constraintTemplateSpec: Shape = fields("", {
  crd: fields("", { spec: fields("", { names: fields("kind") }) }),
});

export const podSecurityPolicySpec: Shape = fields(
  "privileged hostNetwork hostPID hostIPC allowPrivilegeEscalation defaultAllowPrivilegeEscalation readOnlyRootFilesystem",
  {
    hostPorts: list(fields("min max")),
    volumes: list(scalar),
    allowedCapabilities: list(scalar),
    defaultAddCapabilities: list(scalar),
    requiredDropCapabilities: list(scalar),
    allowedHostPaths: list(fields("pathPrefix readOnly")),
    allowedFlexVolumes: list(fields("driver")),
    allowedCSIDrivers: list(fields("name")),
    allowedProcMountTypes: list(scalar),
    allowedUnsafeSysctls: list(scalar),
    forbiddenSysctls: list(scalar),
    runAsUser: whole,
    runAsGroup: whole,
    seLinux: whole,
    fsGroup: whole,
    supplementalGroups: whole,
    runtimeClass: whole,
  },
);

export const customResourceDefinitionSpec: Shape = fields("group scope preserveUnknownFields", {
  names: fields("kind plural singular"),
  versions: list(fields("name served storage deprecated")),
  conversion: fields("strategy", { webhook: fields("", { clientConfig, conversionReviewVersions: list(scalar) }) }),
});
export const customResourceDefinitionStatus: Shape = fields("", { storedVersions: list(scalar) });

export const apiServiceSpec: Shape = fields(
  "group version groupPriorityMinimum versionPriority insecureSkipTLSVerify",
  { service: fields("namespace name port"), caBundle: presence },
);
export const conditionsStatus: Shape = fields("", { conditions: list(fields("type status reason")) });
