import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createUsageFold } from "./fold-usage.ts";
import { createAuditLogReader } from "./read-audit-log.ts";

/** Every user of a recorded log with its requests as `verb resource name`. */
function recorded(version: string): ReadonlyMap<string, readonly string[]> {
  const fold = createUsageFold();
  const reader = createAuditLogReader((event) => fold.add(event));
  reader.write(readFileSync(new URL(`recorded/requests-${version}.jsonl`, import.meta.url), "utf8"));
  expect(reader.end().broken.count).toBe(0);
  return new Map(
    fold.result().users.map(({ user, requests }) => [
      user,
      requests.map(({ request, allowed, refused }) => {
        const outcome = allowed > 0 ? "" : refused > 0 ? "!" : "?";
        if ("path" in request) return `${outcome}${request.verb} ${request.path}`;
        const { verb, apiGroup, resource, subresource, namespace, name } = request;
        const what = `${apiGroup === "" ? "" : `${apiGroup}/`}${resource}${subresource === "" ? "" : `/${subresource}`}`;
        return `${outcome}${verb} ${namespace === "" ? "" : `${namespace}:`}${what}${name === "" ? "" : ` ${name}`}`;
      }),
    ]),
  );
}

describe.each(["1.37", "1.34"])("a log of a real API server of version %s", (version) => {
  const users = recorded(version);

  it("shows what the authorizer was asked", () => {
    expect(users.get("alice")).toEqual([
      "list shop:pods",
      "list pay:pods q",
      "list namespaces shop",
      "get shop:namespaces shop",
      "list services",
      "get nodes none",
      "create shop:configmaps",
      "get shop:configmaps made",
      "update shop:configmaps made",
      "patch shop:configmaps made",
      "delete shop:configmaps made",
      "deletecollection shop:configmaps",
      "patch pay:configmaps applied",
      "create pay:configmaps applied",
      "delete pay:configmaps applied",
      "update pay:endpoints put",
      "create pay:endpoints put",
      "delete pay:endpoints put",
      "get shop:pods/log p",
      "get shop:pods/exec p",
      "create shop:pods/exec p",
      "create shop:pods/attach p",
      "get shop:services/proxy none",
      "watch shop:apps/deployments",
      "watch shop:apps/deployments d",
      "get shop:apps/deployments/scale d",
      "create shop:serviceaccounts/token sa",
      "create authorization.k8s.io/subjectaccessreviews",
      "create authorization.k8s.io/selfsubjectaccessreviews",
      "get shop:widgets.example.com/widgets w",
      "list widgets.example.com/widgets",
      "get /version",
      "get /apis/apps/v1",
      "get /metrics",
      "get /a b",
    ]);
    expect(users.get("system:anonymous")).toEqual(["get /readyz", "!list pods"]);
    expect(users.get("bob")).toEqual(["!list secrets", "!get /metrics", "get /version", "!list shop:pods"]);
  });

  it("shows what it takes to act as another", () => {
    const [mode, group] = version === "1.37" ? [":user-info", "authentication.k8s.io/"] : ["", ""];
    const account = version === "1.37" ? ":serviceaccount" : "";
    const extra = [`impersonate${mode} authentication.k8s.io/userextras/example.com/scopes`];
    expect([...(users.get("deputy") ?? [])].sort()).toEqual(
      [
        `impersonate${mode} ${group}users bob`,
        `impersonate${mode} ${group}users carol`,
        `impersonate${mode} ${group}groups dev`,
        `impersonate${mode} ${group}groups ops`,
        `impersonate${mode} authentication.k8s.io/uids u1`,
        ...extra.flatMap((right) => [`${right} a`, `${right} b`]),
        `impersonate${account} shop:${group}serviceaccounts sa`,
        ...(version === "1.37"
          ? ["impersonate-on:user-info:list shop:pods", "impersonate-on:serviceaccount:list shop:pods"]
          : []),
      ].sort(),
    );
  });
});
