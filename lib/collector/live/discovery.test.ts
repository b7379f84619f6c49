import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../project/values.ts";
import { discover } from "./discovery.ts";
import { RequestFailure } from "./failure.ts";

/** Answers documents by path; a failure is thrown. */
const from = (documents: Readonly<Record<string, JsonRecord | RequestFailure>>) => (path: string) => {
  const document = documents[path] ?? new RequestFailure("not-served", { status: 404 });
  return document instanceof RequestFailure ? Promise.reject(document) : Promise.resolve(document);
};
const groups = (...groupVersions: readonly string[]): JsonRecord => ({
  kind: "APIGroupList",
  groups: groupVersions.map((groupVersion) => ({ versions: [{ groupVersion }] })),
});
const pods = { name: "pods", kind: "Pod", namespaced: true, verbs: ["get", "list"] };
const exec = { name: "pods/exec", kind: "PodExecOptions", namespaced: true, verbs: ["create"] };

describe("discover", () => {
  it("reads aggregated documents with subresources and names stale groups", async () => {
    const core = {
      resource: "pods",
      responseKind: { kind: "Pod" },
      scope: "Namespaced",
      verbs: ["list"],
      subresources: [{ subresource: "exec", responseKind: { kind: "PodExecOptions" }, verbs: ["create"] }],
    };
    const kind = "APIGroupDiscoveryList";
    const discovery = await discover(
      from({
        "/api": {
          kind,
          items: [{ metadata: {}, versions: [{ version: "v1", freshness: "Current", resources: [core] }] }],
        },
        "/apis": {
          kind,
          items: [{ metadata: { name: "metrics.k8s.io" }, versions: [{ version: "v1beta1", freshness: "Stale" }] }],
        },
      }),
    );
    expect(discovery).toEqual({
      apiResources: [
        { group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: ["list"] },
        {
          group: "",
          version: "v1",
          resource: "pods/exec",
          kind: "PodExecOptions",
          namespaced: true,
          verbs: ["create"],
        },
      ],
      unread: new Set(["metrics.k8s.io/v1beta1"]),
      hasGroups: true,
    });
  });

  it("reads one document for each group version from older servers; one that fails hides no other", async () => {
    const discovery = await discover(
      from({
        "/api": { kind: "APIVersions", versions: ["v1"] },
        "/api/v1": { kind: "APIResourceList", resources: [pods, exec] },
        "/apis": groups("apps/v1", "metrics.k8s.io/v1beta1", "../../evil"),
        "/apis/apps/v1": { kind: "APIResourceList", resources: [{ ...pods, name: "deployments", kind: "Deployment" }] },
        "/apis/metrics.k8s.io/v1beta1": new RequestFailure("server-error", { status: 503 }),
      }),
    );
    expect(discovery.apiResources.map(({ group, version, resource }) => `${group}/${version}/${resource}`)).toEqual([
      "/v1/pods",
      "/v1/pods/exec",
      "apps/v1/deployments",
    ]);
    expect(discovery.unread).toEqual(new Set(["metrics.k8s.io/v1beta1"]));
    expect(discovery.failure?.status).toBe(503);
  });

  it("says when there is no list of groups, and stops only when the credential is not accepted", async () => {
    const forbidden = await discover(
      from({ "/api": new RequestFailure("forbidden"), "/apis": new RequestFailure("forbidden") }),
    );
    expect(forbidden).toMatchObject({ apiResources: [], hasGroups: false, failure: { reason: "forbidden" } });
    const nonsense = await discover(from({ "/api": { kind: "APIGroupDiscoveryList", items: "x" }, "/apis": groups() }));
    expect(nonsense).toMatchObject({ hasGroups: false, failure: { reason: "bad-response" } });
    await expect(discover(from({ "/api": new RequestFailure("unauthorized") }))).rejects.toMatchObject({
      reason: "unauthorized",
    });
  });
});
