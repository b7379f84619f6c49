import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aClusterRole, aRule } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import type { ResourceRequest } from "../../model/access.ts";
import { compileAccess } from "./compile-access.ts";
import { decideWithAuthorizers } from "./node-authorizer.ts";

const NODE = { user: "system:node:n1", groups: ["system:nodes", "system:authenticated"] };
const ROLE_FILE = z.object({
  clusterRoles: z.array(
    z.object({
      name: z.string(),
      rules: z
        .array(
          z.object({
            verbs: z.array(z.string()),
            apiGroups: z.array(z.string()).default([]),
            resources: z.array(z.string()).default([]),
          }),
        )
        .default([]),
    }),
  ),
});
const recorded = ROLE_FILE.parse(
  JSON.parse(readFileSync(new URL("../../data/bootstrap-rbac.json", import.meta.url), "utf8")),
);
const systemNode = aClusterRole(
  "system:node",
  (recorded.clusterRoles.find(({ name }) => name === "system:node")?.rules ?? []).map((rule) => aRule(rule)),
);
const model = compileAccess(aSnapshot({ clusterRoles: [systemNode] }));

function request(text: string, part: Partial<ResourceRequest> = {}): ResourceRequest {
  const [verb = "", apiGroup = "", resource = "", subresource = ""] = text.split(/[ /]/);
  return { verb, apiGroup, resource, subresource, namespace: "", name: "", ...part };
}

describe("decideWithAuthorizers", () => {
  it.each([
    { name: "static rules hold for every node", ask: request("list /services"), verdict: "allowed" },
    { name: "its own Node object", ask: request("get /nodes", { name: "n1" }), verdict: "allowed" },
    {
      name: "another Node object depends on the server's version",
      ask: request("get /nodes", { name: "n2" }),
      verdict: "unknown",
    },
    {
      name: "status of pods, limited later by admission",
      ask: request("patch /pods/status", { name: "x" }),
      verdict: "allowed",
    },
    {
      name: "a secret depends on the pods of the node",
      ask: request("get /secrets", { namespace: "a", name: "s" }),
      verdict: "unknown",
    },
    { name: "all secrets of a namespace never", ask: request("list /secrets", { namespace: "a" }), verdict: "denied" },
    {
      name: "changing a secret never",
      ask: request("update /secrets", { namespace: "a", name: "s" }),
      verdict: "denied",
    },
    {
      name: "a secret of another API group never",
      ask: request("get apps/secrets", { namespace: "a", name: "s" }),
      verdict: "denied",
    },
    {
      name: "a token of a pod's account depends",
      ask: request("create /serviceaccounts/token", { namespace: "a", name: "s" }),
      verdict: "unknown",
    },
    {
      name: "its own lease",
      ask: request("update coordination.k8s.io/leases", { namespace: "kube-node-lease", name: "n1" }),
      verdict: "allowed",
    },
    {
      name: "another node's lease never",
      ask: request("update coordination.k8s.io/leases", { namespace: "kube-node-lease", name: "n2" }),
      verdict: "denied",
    },
    {
      name: "a lease elsewhere never",
      ask: request("update coordination.k8s.io/leases", { namespace: "a", name: "n1" }),
      verdict: "denied",
    },
    {
      name: "exec into a pod never",
      ask: request("create /pods/exec", { namespace: "a", name: "p" }),
      verdict: "denied",
    },
  ])("$name", ({ ask, verdict }) => {
    expect(decideWithAuthorizers(model, NODE, ask).verdict).toBe(verdict);
  });

  it.each([
    { name: "without the group", who: { user: "system:node:n1", groups: ["system:authenticated"] } },
    { name: "with the group alone", who: { user: "alice", groups: ["system:nodes"] } },
    { name: "without a node name", who: { user: "system:node:", groups: ["system:nodes"] } },
  ])("says nothing $name", ({ who }) => {
    expect(decideWithAuthorizers(model, who, request("list /services")).verdict).toBe("denied");
  });

  it("says what it does not know, in words", () => {
    expect(decideWithAuthorizers(model, NODE, request("get /secrets", { namespace: "a", name: "s" }))).toEqual({
      verdict: "unknown",
      gaps: [{ type: "node-authorizer", detail: expect.stringContaining("that a pod on this node uses") }],
    });
  });

  it("does not guess where the cluster's own rules for nodes are absent or differ", () => {
    const without = compileAccess(aSnapshot({}));
    expect(decideWithAuthorizers(without, NODE, request("list /services")).verdict).toBe("unknown");
    const older = compileAccess(
      aSnapshot({ clusterRoles: [aClusterRole("system:node", [aRule({ verbs: ["get"] })])] }),
    );
    expect(decideWithAuthorizers(older, NODE, request("list certificates.k8s.io/clustertrustbundles")).verdict).toBe(
      "unknown",
    );
    expect(decideWithAuthorizers(older, NODE, request("list apps/deployments")).verdict).toBe("denied");
  });
});
