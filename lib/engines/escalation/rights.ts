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

/** Kinds that make pods from a template, by group. */
const CONTROLLERS = [
  { group: "apps", resources: ["daemonsets", "deployments", "replicasets", "statefulsets"] },
  { group: "batch", resources: ["cronjobs", "jobs"] },
  { group: "", resources: ["replicationcontrollers"] },
] as const;

/** Creating a controller of pods. */
export const CREATE_CONTROLLER = CONTROLLERS.flatMap(({ group, resources }) => rights(["create"], group, resources));

/** Changing the template of a controller of pods; that of a Job cannot be changed. */
export const UPDATE_CONTROLLER = CONTROLLERS.flatMap(({ group, resources }) =>
  rights(
    ["update", "patch"],
    group,
    resources.filter((resource) => resource !== "jobs"),
  ),
);

/** Any way to have a pod of one's own making started. */
export const START_POD = [...rights(["create"], "", ["pods"]), ...CREATE_CONTROLLER, ...UPDATE_CONTROLLER];

/** Any way to act as every service account of a namespace: by a token, by impersonation, or in a pod that runs as it. */
export const BECOME_ACCOUNT = [
  ...rights(["create"], "", ["serviceaccounts/token"]),
  ...rights(["impersonate"], "", ["serviceaccounts"]),
  ...rights(["create"], "", ["pods"]),
  ...CREATE_CONTROLLER,
];
