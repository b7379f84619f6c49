import type { WorkloadKind } from "../../model/pod.ts";
import type { RightQuery } from "../rbac/index.ts";

/** Requests for a whole collection: they carry no name, so a rule limited by name does not allow them. */
const UNNAMED: ReadonlySet<string> = new Set(["create", "deletecollection", "list", "watch"]);

/**
 * One alternative for each verb on each resource; `pods/exec` is a subresource. A right limited to names counts where the request
 * carries one: not for a collection, but for everything below an object.
 */
export function rights(
  verbs: readonly string[],
  apiGroup: string,
  resources: readonly string[],
): readonly RightQuery[] {
  return resources.flatMap((path) =>
    verbs.map((verb): RightQuery => {
      const [resource = "", subresource] = path.split("/");
      const names = subresource === undefined && UNNAMED.has(verb) ? "exact" : "any";
      return { verb, apiGroup, resource, ...(subresource === undefined ? {} : { subresource }), names };
    }),
  );
}

/** Whether an object may bear the name, as most kinds ask for it; `*` in a rule is a name that none bears. */
export function isObjectName(name: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(name);
}

/** A kind that makes pods from a template. */
export interface Controller {
  readonly group: string;
  readonly resource: string;
  readonly kind: WorkloadKind;
}

/** Every such kind, by group. */
export const CONTROLLERS: readonly Controller[] = [
  { group: "apps", resource: "daemonsets", kind: "DaemonSet" },
  { group: "apps", resource: "deployments", kind: "Deployment" },
  { group: "apps", resource: "replicasets", kind: "ReplicaSet" },
  { group: "apps", resource: "statefulsets", kind: "StatefulSet" },
  { group: "batch", resource: "cronjobs", kind: "CronJob" },
  { group: "batch", resource: "jobs", kind: "Job" },
  { group: "", resource: "replicationcontrollers", kind: "ReplicationController" },
];

/** Creating a controller of pods. */
export const CREATE_CONTROLLER = CONTROLLERS.flatMap(({ group, resource }) => rights(["create"], group, [resource]));

/** Changing the template of a controller of pods; that of a Job cannot be changed. */
export const UPDATE_CONTROLLER = CONTROLLERS.filter(({ kind }) => kind !== "Job").flatMap(({ group, resource }) =>
  rights(["update", "patch"], group, [resource]),
);

/** Any way to have a pod of one's own making started. */
export const START_POD = [...rights(["create"], "", ["pods"]), ...CREATE_CONTROLLER, ...UPDATE_CONTROLLER];

/**
 * Any way to act as every service account of a namespace: by a token, by impersonation, or in a pod that runs as it. Without limit to names: beside
 * a right on roles that is limited, the name would have to be that of an account and of a role at once.
 */
export const BECOME_ACCOUNT: readonly RightQuery[] = [
  ...rights(["create"], "", ["serviceaccounts/token", "pods"]),
  ...rights(["impersonate"], "", ["serviceaccounts"]),
  ...CREATE_CONTROLLER,
].map((query) => ({ ...query, names: "exact" }));
