import { expect, it } from "vitest";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { aWorkload } from "#lib/testing/build-pods.ts";
import { aBinding, aUser } from "#lib/testing/build-rbac.ts";
import { defaultRbac } from "#lib/testing/build-snapshot.ts";

const core = (verb: string, ...resources: string[]) => ({ verbs: [verb], resources });
const exec = core("create", "pods/exec");

it.each([
  {
    name: "starting pods leaves out workloads and deleting data",
    rules: [
      core("create", "pods"),
      core("delete", "persistentvolumeclaims"),
      { verbs: ["create", "patch"], apiGroups: ["apps"], resources: ["deployments"] },
    ],
    held: ["POD_CREATE"],
  },
  {
    name: "starting workloads leaves out changing them and deleting data",
    rules: [
      { verbs: ["create", "patch"], apiGroups: ["apps"], resources: ["deployments"] },
      core("delete", "persistentvolumeclaims"),
    ],
    held: ["POD_CONTROLLER_CREATE"],
  },
  {
    name: "changing workloads leaves out deleting data",
    rules: [
      { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] },
      core("delete", "persistentvolumeclaims"),
    ],
    held: ["POD_CONTROLLER_UPDATE"],
  },
  { name: "a shell leaves out attaching", rules: [exec, core("create", "pods/attach")], held: ["POD_EXEC"] },
  {
    name: "a shell leaves out forwarding ports",
    rules: [exec, core("create", "pods/portforward")],
    held: ["POD_EXEC"],
  },
  { name: "a shell leaves out sending requests", rules: [exec, core("get", "services/proxy")], held: ["POD_EXEC"] },
  { name: "a shell leaves out changing pods", rules: [exec, core("patch", "pods")], held: ["POD_EXEC"] },
  { name: "a shell leaves out ending pods", rules: [exec, core("delete", "pods")], held: ["POD_EXEC"] },
  {
    name: "adding containers leaves out changing pods",
    rules: [core("patch", "pods", "pods/ephemeralcontainers")],
    held: ["POD_EPHEMERAL_CONTAINER"],
  },
  {
    name: "forwarding ports leaves out sending requests",
    rules: [core("create", "pods/portforward", "pods/proxy")],
    held: ["POD_PORT_FORWARD"],
  },
  {
    name: "claiming any address leaves out routes",
    rules: [
      core("create", "services"),
      { verbs: ["create"], apiGroups: ["networking.k8s.io"], resources: ["ingresses"] },
    ],
    held: ["SERVICE_EXTERNAL_IP"],
  },
  {
    name: "lifting Pod Security leaves out changing the namespace",
    rules: [core("patch", "namespaces"), core("create", "pods")],
    held: ["POD_CREATE", "POD_SECURITY_LIFT"],
  },
])("$name", ({ rules, held }) => {
  const parts = {
    ...aGrantedCluster({ rules, in: "payments" }),
    workloads: [aWorkload("Deployment", "payments", "web")],
  };
  expect(Object.keys(heldBy(parts)).sort()).toEqual(held);
});

it.each([
  { role: "view", most: 0 },
  { role: "edit", most: 10 },
])("keeps the list for a holder of $role short", ({ role, most }) => {
  const defaults = defaultRbac();
  const extra = aBinding({ namespace: "payments", role, subjects: [aUser("alice")] });
  const parts = { ...defaults, roleBindings: [...defaults.roleBindings, extra] };
  const count = Object.keys(heldBy({ ...parts, workloads: [aWorkload("Deployment", "payments", "web")] })).length;
  expect(count).toBeLessThanOrEqual(most);
  if (most > 0) expect(count).toBeGreaterThan(0);
});
