/** What a test says about one event; everything else is that of a `get` that was allowed. */
export interface EventParts {
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly verb?: string;
  /** Path and query. */
  readonly uri?: string;
  readonly object?: Readonly<Record<string, string>> | null;
  readonly stage?: string;
  readonly id?: string;
  readonly status?: number | null;
  readonly decision?: "allow" | "forbid" | null;
  readonly at?: string;
  /** Further fields of the event. */
  readonly more?: object;
}

let number = 0;

/** One event of `audit.k8s.io/v1` as the API server writes it: `get` of ConfigMap `settings` in `shop` by `alice`, allowed. */
export function anAuditEvent({
  user = "alice",
  groups = ["system:authenticated"],
  verb = "get",
  uri = "/api/v1/namespaces/shop/configmaps/settings",
  object = { resource: "configmaps", namespace: "shop", name: "settings", apiVersion: "v1" },
  stage = "ResponseComplete",
  id = `id-${(number += 1)}`,
  status = 200,
  decision = "allow",
  at = "2026-11-24T08:00:00.000000Z",
  more = {},
}: EventParts = {}): object {
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: id,
    stage,
    requestURI: uri,
    verb,
    user: { username: user, groups },
    sourceIPs: ["10.0.0.7"],
    ...(object === null ? {} : { objectRef: object }),
    ...(status === null ? {} : { responseStatus: { metadata: {}, code: status } }),
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    ...(decision === null ? {} : { annotations: { "authorization.k8s.io/decision": decision } }),
    ...more,
  };
}

/** Events as lines of a log. */
export function auditLines(events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}
