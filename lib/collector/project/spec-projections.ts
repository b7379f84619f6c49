import type { Shape } from "./shape.ts";
import * as admission from "./admission-shapes.ts";
import * as network from "./network-shapes.ts";
import * as resource from "./resource-shapes.ts";

/** How an object without a type of its own is cut down. */
export interface SpecProjection {
  /** Shape of `spec`. */
  readonly spec?: Shape;
  /** Shapes of fields at the root of the object (or beside `spec`), which are put into the snapshot's `spec`. */
  readonly root?: { readonly [field: string]: Shape };
  readonly status?: Shape;
}

const adminPolicy: SpecProjection = { spec: network.adminNetworkPolicySpec };
const ciliumPolicy: SpecProjection = { spec: network.ciliumSpec, root: { specs: network.ciliumSpecs } };
const calicoPolicy: SpecProjection = { spec: network.calicoPolicySpec };
const route: SpecProjection = { spec: network.routeSpec };
const webhook: SpecProjection = { root: admission.webhookRoot };
const policyBinding: SpecProjection = { spec: admission.admissionPolicyBindingSpec };

/**
 * Allow-lists by `group/kind` for every kind of the registry that is kept as a SpecObject. Kinds without `spec`
 * (EndpointSlice, StorageClass, RuntimeClass, PriorityClass, webhook configurations) and the `specs` of Cilium
 * policies keep their root fields under `spec`.
 */
export const SPEC_PROJECTIONS: ReadonlyMap<string, SpecProjection> = new Map<string, SpecProjection>([
  ["networking.k8s.io/NetworkPolicy", { spec: network.networkPolicySpec }],
  ["policy.networking.k8s.io/AdminNetworkPolicy", adminPolicy],
  ["policy.networking.k8s.io/BaselineAdminNetworkPolicy", adminPolicy],
  ["policy.networking.k8s.io/ClusterNetworkPolicy", adminPolicy],
  ["cilium.io/CiliumNetworkPolicy", ciliumPolicy],
  ["cilium.io/CiliumClusterwideNetworkPolicy", ciliumPolicy],
  ["crd.projectcalico.org/NetworkPolicy", calicoPolicy],
  ["crd.projectcalico.org/GlobalNetworkPolicy", calicoPolicy],
  ["/Service", { spec: network.serviceSpec, status: network.loadBalancerStatus }],
  ["discovery.k8s.io/EndpointSlice", { root: network.endpointSliceRoot }],
  ["networking.k8s.io/Ingress", { spec: network.ingressSpec, status: network.loadBalancerStatus }],
  ["networking.k8s.io/IngressClass", { spec: network.ingressClassSpec }],
  ["gateway.networking.k8s.io/GatewayClass", { spec: network.gatewayClassSpec }],
  ["gateway.networking.k8s.io/Gateway", { spec: network.gatewaySpec, status: network.gatewayStatus }],
  ["gateway.networking.k8s.io/HTTPRoute", route],
  ["gateway.networking.k8s.io/GRPCRoute", route],
  ["gateway.networking.k8s.io/TLSRoute", route],
  ["gateway.networking.k8s.io/TCPRoute", route],
  ["gateway.networking.k8s.io/ReferenceGrant", { spec: network.referenceGrantSpec }],
  ["route.openshift.io/Route", { spec: network.openShiftRouteSpec }],
  ["admissionregistration.k8s.io/ValidatingWebhookConfiguration", webhook],
  ["admissionregistration.k8s.io/MutatingWebhookConfiguration", webhook],
  ["admissionregistration.k8s.io/ValidatingAdmissionPolicy", { spec: admission.validatingAdmissionPolicySpec }],
  ["admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding", policyBinding],
  ["admissionregistration.k8s.io/MutatingAdmissionPolicy", { spec: admission.mutatingAdmissionPolicySpec }],
  ["admissionregistration.k8s.io/MutatingAdmissionPolicyBinding", policyBinding],
  ["kyverno.io/ClusterPolicy", { spec: admission.kyvernoClusterPolicySpec }],
  ["templates.gatekeeper.sh/ConstraintTemplate", { spec: admission.constraintTemplateSpec }],
  ["policy/PodSecurityPolicy", { spec: admission.podSecurityPolicySpec }],
  [
    "apiextensions.k8s.io/CustomResourceDefinition",
    { spec: admission.customResourceDefinitionSpec, status: admission.customResourceDefinitionStatus },
  ],
  ["apiregistration.k8s.io/APIService", { spec: admission.apiServiceSpec, status: admission.conditionsStatus }],
  ["/ResourceQuota", { spec: resource.resourceQuotaSpec, status: resource.resourceQuotaStatus }],
  ["/LimitRange", { spec: resource.limitRangeSpec }],
  ["/PersistentVolume", { spec: resource.persistentVolumeSpec, status: resource.phaseStatus }],
  ["/PersistentVolumeClaim", { spec: resource.persistentVolumeClaimSpec, status: resource.phaseStatus }],
  ["storage.k8s.io/StorageClass", { root: resource.storageClassRoot }],
  ["storage.k8s.io/CSIDriver", { spec: resource.csiDriverSpec }],
  ["node.k8s.io/RuntimeClass", { root: resource.runtimeClassRoot }],
  ["scheduling.k8s.io/PriorityClass", { root: resource.priorityClassRoot }],
  [
    "certificates.k8s.io/CertificateSigningRequest",
    { spec: resource.certificateSigningRequestSpec, status: resource.certificateSigningRequestStatus },
  ],
  ["flowcontrol.apiserver.k8s.io/FlowSchema", { spec: resource.flowSchemaSpec }],
]);
