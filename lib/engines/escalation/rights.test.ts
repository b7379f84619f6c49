import { expect, it } from "vitest";
import { CREATE_CONTROLLER, rights, START_POD, UPDATE_CONTROLLER } from "./rights.ts";

const words = (queries: typeof START_POD) =>
  queries.map(({ verb, apiGroup, resource }) => `${verb} ${apiGroup}/${resource}`);

it("counts names where a request carries one", () => {
  expect(rights(["create", "update", "deletecollection"], "", ["pods", "pods/exec"])).toEqual([
    { verb: "create", apiGroup: "", resource: "pods", names: "exact" },
    { verb: "update", apiGroup: "", resource: "pods", names: "any" },
    { verb: "deletecollection", apiGroup: "", resource: "pods", names: "exact" },
    { verb: "create", apiGroup: "", resource: "pods", subresource: "exec", names: "any" },
    { verb: "update", apiGroup: "", resource: "pods", subresource: "exec", names: "any" },
    { verb: "deletecollection", apiGroup: "", resource: "pods", subresource: "exec", names: "any" },
  ]);
});

it("looks for controllers in the groups where they are", () => {
  expect(words(CREATE_CONTROLLER)).toEqual([
    "create apps/daemonsets",
    "create apps/deployments",
    "create apps/replicasets",
    "create apps/statefulsets",
    "create batch/cronjobs",
    "create batch/jobs",
    "create /replicationcontrollers",
  ]);
});

it("58: leaves out changing jobs", () => {
  expect(words(UPDATE_CONTROLLER)).toContain("patch batch/cronjobs");
  expect(words(UPDATE_CONTROLLER).filter((text) => text.endsWith("/jobs"))).toEqual([]);
});

it("knows the pod itself as the first way to start one", () => {
  expect(words(START_POD)[0]).toBe("create /pods");
});
