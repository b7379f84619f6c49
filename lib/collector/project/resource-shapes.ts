import type { Shape } from "./shape.ts";
import { fields, list, map, presence, scalar, whole } from "./shape.ts";

/** What engines read of quotas, storage, scheduling and certificates. */

export const resourceQuotaSpec: Shape = fields("", { hard: map(scalar), scopes: list(scalar), scopeSelector: whole });
export const resourceQuotaStatus: Shape = fields("", { hard: map(scalar), used: map(scalar) });
export const limitRangeSpec: Shape = fields("", { limits: whole });

const objectReference = fields("apiGroup kind namespace name");

/** A volume with the sources that reach a node or another tenant; other sources only by name. */
export const persistentVolumeSpec: Shape = fields("persistentVolumeReclaimPolicy storageClassName volumeMode", {
  accessModes: list(scalar),
  capacity: map(scalar),
  claimRef: fields("namespace name uid"),
  hostPath: fields("path type"),
  local: fields("path"),
  nfs: fields("server path readOnly"),
  csi: fields("driver readOnly"),
  nodeAffinity: presence,
  awsElasticBlockStore: presence,
  azureDisk: presence,
  azureFile: presence,
  cephfs: presence,
  cinder: presence,
  fc: presence,
  flexVolume: presence,
  gcePersistentDisk: presence,
  glusterfs: presence,
  iscsi: presence,
  portworxVolume: presence,
  rbd: presence,
  vsphereVolume: presence,
});
export const persistentVolumeClaimSpec: Shape = fields("storageClassName volumeName volumeMode", {
  accessModes: list(scalar),
  dataSource: objectReference,
  dataSourceRef: objectReference,
});
export const phaseStatus: Shape = fields("phase");

/** Parameters of a class may name Secrets and are left out. */
export const storageClassRoot = {
  provisioner: scalar,
  reclaimPolicy: scalar,
  volumeBindingMode: scalar,
  allowVolumeExpansion: scalar,
} as const;
export const csiDriverSpec: Shape = fields(
  "attachRequired podInfoOnMount requiresRepublish fsGroupPolicy seLinuxMount storageCapacity",
  { tokenRequests: list(fields("audience expirationSeconds")), volumeLifecycleModes: list(scalar) },
);
export const runtimeClassRoot = { handler: scalar, scheduling: whole } as const;
export const priorityClassRoot = { value: scalar, globalDefault: scalar, preemptionPolicy: scalar } as const;

export const certificateSigningRequestSpec: Shape = fields("signerName username expirationSeconds", {
  groups: list(scalar),
  usages: list(scalar),
});
export const certificateSigningRequestStatus: Shape = fields("", {
  conditions: list(fields("type status reason lastUpdateTime lastTransitionTime")),
  certificate: presence,
});

export const flowSchemaSpec: Shape = fields("matchingPrecedence", {
  priorityLevelConfiguration: fields("name"),
  distinguisherMethod: fields("type"),
  rules: list(fields("", { subjects: whole, resourceRules: whole, nonResourceRules: whole })),
});
