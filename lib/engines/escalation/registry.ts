import type { EscalationEdge } from "./edge.ts";
import { accessRecon } from "./edges/access-recon.ts";
import { accountTokenCreate } from "./edges/account-token-create.ts";
import { admissionParameterWrite } from "./edges/admission-parameter-write.ts";
import { admissionRuleRemove } from "./edges/admission-rule-remove.ts";
import { aggregateOwnRights } from "./edges/aggregate-own-rights.ts";
import { apiServiceWrite } from "./edges/api-service-write.ts";
import { awsAuthWrite } from "./edges/aws-auth-write.ts";
import { bindClusterRole } from "./edges/bind-cluster-role.ts";
import { bindClusterRoleInNamespace } from "./edges/bind-cluster-role-in-namespace.ts";
import { bindRole } from "./edges/bind-role.ts";
import { bootstrapTokenCreate } from "./edges/bootstrap-token-create.ts";
import { clusterAdmin } from "./edges/cluster-admin.ts";
import { clusterNetworkPolicyWrite } from "./edges/cluster-network-policy-write.ts";
import { constrainedImpersonateAccount } from "./edges/constrained-impersonate-account.ts";
import { constrainedImpersonateNode } from "./edges/constrained-impersonate-node.ts";
import { constrainedImpersonateOwnNode } from "./edges/constrained-impersonate-own-node.ts";
import { constrainedImpersonateUser } from "./edges/constrained-impersonate-user.ts";
import { controlPlaneConfigWrite } from "./edges/control-plane-config-write.ts";
import { controlPlaneLeaseWrite } from "./edges/control-plane-lease-write.ts";
import { corednsConfigWrite } from "./edges/coredns-config-write.ts";
import { crdUpdate } from "./edges/crd-update.ts";
import { createBoundAccount } from "./edges/create-bound-account.ts";
import { createMissingClusterRole } from "./edges/create-missing-cluster-role.ts";
import { createMissingRole } from "./edges/create-missing-role.ts";
import { csrApprove } from "./edges/csr-approve.ts";
import { csrApproveNoSigner } from "./edges/csr-approve-no-signer.ts";
import { csrApproveNode } from "./edges/csr-approve-node.ts";
import { csrSign } from "./edges/csr-sign.ts";
import { dataDelete } from "./edges/data-delete.ts";
import { debugUrls } from "./edges/debug-urls.ts";
import { deviceClassWrite } from "./edges/device-class-write.ts";
import { endpointsWrite } from "./edges/endpoints-write.ts";
import { escalateClusterRole } from "./edges/escalate-cluster-role.ts";
import { escalateClusterRoleOfAccount } from "./edges/escalate-cluster-role-of-account.ts";
import { escalateNewClusterRole } from "./edges/escalate-new-cluster-role.ts";
import { escalateNewRole } from "./edges/escalate-new-role.ts";
import { escalateRole } from "./edges/escalate-role.ts";
import { escalateRoleOfAccount } from "./edges/escalate-role-of-account.ts";
import { eventDelete } from "./edges/event-delete.ts";
import { flowControlWrite } from "./edges/flow-control-write.ts";
import { grantOwnRights } from "./edges/grant-own-rights.ts";
import { grantOwnRightsInNamespace } from "./edges/grant-own-rights-in-namespace.ts";
import { impersonateExtra } from "./edges/impersonate-extra.ts";
import { impersonateGroup } from "./edges/impersonate-group.ts";
import { impersonateServiceAccount } from "./edges/impersonate-service-account.ts";
import { impersonateUser } from "./edges/impersonate-user.ts";
import { joinClusterRoleBinding } from "./edges/join-cluster-role-binding.ts";
import { joinRoleBinding } from "./edges/join-role-binding.ts";
import { mutatingPolicyWrite } from "./edges/mutating-policy-write.ts";
import { mutatingWebhookWrite } from "./edges/mutating-webhook-write.ts";
import { namespaceAdmin } from "./edges/namespace-admin.ts";
import { namespaceCreate } from "./edges/namespace-create.ts";
import { namespaceUpdate } from "./edges/namespace-update.ts";
import { networkPolicyWrite } from "./edges/network-policy-write.ts";
import { nodeCertificateRequest } from "./edges/node-certificate-request.ts";
import { nodeCheckpoint } from "./edges/node-checkpoint.ts";
import { nodeLog } from "./edges/node-log.ts";
import { nodePodPull } from "./edges/node-pod-pull.ts";
import { nodePods } from "./edges/node-pods.ts";
import { nodeProxy } from "./edges/node-proxy.ts";
import { nodeUpdate } from "./edges/node-update.ts";
import { operatorArgoCdApplication } from "./edges/operator-argo-cd-application.ts";
import { operatorArgoWorkflow } from "./edges/operator-argo-workflow.ts";
import { operatorCertManagerCertificate } from "./edges/operator-cert-manager-certificate.ts";
import { operatorCrossplaneObject } from "./edges/operator-crossplane-object.ts";
import { operatorExternalSecretStore } from "./edges/operator-external-secret-store.ts";
import { operatorFluxKustomization } from "./edges/operator-flux-kustomization.ts";
import { operatorKarpenterNodeClass } from "./edges/operator-karpenter-node-class.ts";
import { operatorKubevirtVirtualMachine } from "./edges/operator-kubevirt-virtual-machine.ts";
import { operatorKyvernoPolicy } from "./edges/operator-kyverno-policy.ts";
import { operatorOlmSubscription } from "./edges/operator-olm-subscription.ts";
import { operatorPrometheus } from "./edges/operator-prometheus.ts";
import { operatorServiceMonitor } from "./edges/operator-service-monitor.ts";
import { operatorTektonRun } from "./edges/operator-tekton-run.ts";
import { operatorVeleroBackup } from "./edges/operator-velero-backup.ts";
import { persistentVolumeCreate } from "./edges/persistent-volume-create.ts";
import { podAttach } from "./edges/pod-attach.ts";
import { podBinding } from "./edges/pod-binding.ts";
import { podControllerCreate } from "./edges/pod-controller-create.ts";
import { podControllerUpdate } from "./edges/pod-controller-update.ts";
import { podCreate } from "./edges/pod-create.ts";
import { podEphemeralContainer } from "./edges/pod-ephemeral-container.ts";
import { podExec } from "./edges/pod-exec.ts";
import { podLog } from "./edges/pod-log.ts";
import { podPortForward } from "./edges/pod-port-forward.ts";
import { podSecurityLift } from "./edges/pod-security-lift.ts";
import { podSecurityPolicyUse } from "./edges/pod-security-policy-use.ts";
import { podServiceProxy } from "./edges/pod-service-proxy.ts";
import { podStatusUpdate } from "./edges/pod-status-update.ts";
import { podUpdate } from "./edges/pod-update.ts";
import { resourceClaimAdminAccess } from "./edges/resource-claim-admin-access.ts";
import { resourceClaimStatusWrite } from "./edges/resource-claim-status-write.ts";
import { resourceQuotaWrite } from "./edges/resource-quota-write.ts";
import { routeWrite } from "./edges/route-write.ts";
import { secretsDeleteCollection } from "./edges/secrets-delete-collection.ts";
import { secretsGet } from "./edges/secrets-get.ts";
import { secretsList } from "./edges/secrets-list.ts";
import { secretsPatch } from "./edges/secrets-patch.ts";
import { secretsWatch } from "./edges/secrets-watch.ts";
import { securityContextConstraintsUse } from "./edges/security-context-constraints-use.ts";
import { serviceExternalIp } from "./edges/service-external-ip.ts";
import { storageRuntimeWrite } from "./edges/storage-runtime-write.ts";
import { tokenSecretCreate } from "./edges/token-secret-create.ts";
import { trustBundleWrite } from "./edges/trust-bundle-write.ts";
import { validatingWebhookWrite } from "./edges/validating-webhook-write.ts";
import { volumeSnapshotContentCreate } from "./edges/volume-snapshot-content-create.ts";
import { volumeSnapshotCreate } from "./edges/volume-snapshot-create.ts";
import { workloadDelete } from "./edges/workload-delete.ts";

/** Every escalation edge, by number of its primitive. Adding one means one file and one line here. */
export const ESCALATION_EDGES: readonly EscalationEdge[] = [
  clusterAdmin,
  namespaceAdmin,
  debugUrls,
  escalateClusterRole,
  escalateClusterRoleOfAccount,
  escalateRole,
  escalateRoleOfAccount,
  escalateNewClusterRole,
  escalateNewRole,
  bindClusterRole,
  bindClusterRoleInNamespace,
  bindRole,
  joinClusterRoleBinding,
  joinRoleBinding,
  grantOwnRights,
  grantOwnRightsInNamespace,
  aggregateOwnRights,
  createMissingClusterRole,
  createMissingRole,
  createBoundAccount,
  impersonateUser,
  impersonateGroup,
  impersonateServiceAccount,
  impersonateExtra,
  constrainedImpersonateUser,
  constrainedImpersonateAccount,
  constrainedImpersonateNode,
  constrainedImpersonateOwnNode,
  accountTokenCreate,
  csrApprove,
  csrApproveNoSigner,
  csrSign,
  csrApproveNode,
  nodeCertificateRequest,
  bootstrapTokenCreate,
  trustBundleWrite,
  awsAuthWrite,
  controlPlaneConfigWrite,
  secretsGet,
  secretsList,
  secretsWatch,
  secretsPatch,
  secretsDeleteCollection,
  tokenSecretCreate,
  podCreate,
  podControllerCreate,
  podControllerUpdate,
  podUpdate,
  podEphemeralContainer,
  podExec,
  podAttach,
  podPortForward,
  podServiceProxy,
  podLog,
  podBinding,
  podSecurityLift,
  namespaceUpdate,
  namespaceCreate,
  podSecurityPolicyUse,
  securityContextConstraintsUse,
  nodeProxy,
  nodeLog,
  nodePods,
  nodeCheckpoint,
  nodeUpdate,
  nodePodPull,
  persistentVolumeCreate,
  storageRuntimeWrite,
  volumeSnapshotCreate,
  volumeSnapshotContentCreate,
  resourceClaimStatusWrite,
  resourceClaimAdminAccess,
  deviceClassWrite,
  mutatingWebhookWrite,
  validatingWebhookWrite,
  mutatingPolicyWrite,
  admissionRuleRemove,
  admissionParameterWrite,
  apiServiceWrite,
  crdUpdate,
  serviceExternalIp,
  endpointsWrite,
  podStatusUpdate,
  corednsConfigWrite,
  routeWrite,
  networkPolicyWrite,
  clusterNetworkPolicyWrite,
  controlPlaneLeaseWrite,
  flowControlWrite,
  resourceQuotaWrite,
  workloadDelete,
  dataDelete,
  eventDelete,
  operatorArgoCdApplication,
  operatorFluxKustomization,
  operatorArgoWorkflow,
  operatorTektonRun,
  operatorCertManagerCertificate,
  operatorExternalSecretStore,
  operatorKyvernoPolicy,
  operatorVeleroBackup,
  operatorCrossplaneObject,
  operatorOlmSubscription,
  operatorKubevirtVirtualMachine,
  operatorServiceMonitor,
  operatorPrometheus,
  operatorKarpenterNodeClass,
  accessRecon,
];
