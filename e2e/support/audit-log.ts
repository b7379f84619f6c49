import { anAuditEvent, auditLines, type EventParts } from "#lib/testing/build-audit-log.ts";

const DEPLOYER: EventParts = {
  user: "system:serviceaccount:ci:deployer",
  groups: ["system:serviceaccounts", "system:serviceaccounts:ci", "system:authenticated"],
};
const DAY_MS = 86_400_000;

/** A log of ten days in which ci/deployer of the demo cluster `bazaar-staging` rolls out the shop, and little else. */
export function deployerLog(): string {
  const start = Date.parse("2026-11-10T06:00:00Z");
  const at = (day: number) => new Date(start + day * DAY_MS).toISOString();
  const deployment = (verb: string, name: string): EventParts => ({
    verb,
    uri: `/apis/apps/v1/namespaces/checkout/deployments${name === "" ? "" : `/${name}`}`,
    object: { apiGroup: "apps", resource: "deployments", namespace: "checkout", ...(name === "" ? {} : { name }) },
  });
  const daily: readonly EventParts[] = [
    { object: null, uri: "/api" },
    deployment("get", "api"),
    deployment("patch", "api"),
    deployment("get", "web"),
    deployment("patch", "web"),
    deployment("watch", ""),
    { verb: "list", uri: "/api/v1/namespaces/checkout/pods", object: { resource: "pods", namespace: "checkout" } },
    {
      verb: "delete",
      uri: "/api/v1/namespaces/checkout/services/old",
      object: { resource: "services", namespace: "checkout", name: "old" },
    },
    {
      verb: "list",
      uri: "/api/v1/namespaces/kube-system/secrets",
      object: { resource: "secrets", namespace: "kube-system" },
      status: 403,
      decision: "forbid",
    },
  ];
  const events = Array.from({ length: 11 }, (_, day) =>
    daily.map((parts) => anAuditEvent({ ...DEPLOYER, ...parts, at: at(day) })),
  );
  return auditLines(events.flat());
}

/** A file for an input of the page. */
export function asFile(name: string, text: string | Buffer) {
  return { name, mimeType: "application/octet-stream", buffer: typeof text === "string" ? Buffer.from(text) : text };
}
