import type { ResourceRequest } from "../model/access.ts";

export const STAGES = ["RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"] as const;
export type AuditStage = (typeof STAGES)[number];

/** A user as an event names it. `extra` as pairs of key and values. */
export interface AuditUser {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: readonly (readonly [key: string, values: readonly string[]])[];
}

/** What an event says about one request; texts that are absent are "". */
export interface AuditEvent {
  readonly id: string;
  readonly stage: AuditStage;
  readonly verb: string;
  /** Raw: path and query as they were sent. */
  readonly uri: string;
  /** Null: nobody was authenticated. */
  readonly user: AuditUser | null;
  readonly impersonated: AuditUser | null;
  /** `impersonate:MODE` of a constrained impersonation. */
  readonly impersonationVerb: string;
  /** The object; its verb is that of the event. Null for a URL that is no resource. */
  readonly object: Omit<ResourceRequest, "verb"> | null;
  /** HTTP status; null while there is none. */
  readonly status: number | null;
  /** Kind and name of a failure's details, and whether its message is a refused impersonation. */
  readonly refusedImpersonation: { readonly resource: string; readonly name: string } | null;
  /** The authorizer's answer. Null: not recorded, or it was never asked. */
  readonly decision: "allow" | "forbid" | null;
  /** Milliseconds since 1970; null when unreadable. */
  readonly at: number | null;
}

/** Why a JSON value is no event that can be used. */
export type NotAnEvent = "not-audit" | "other-version" | "malformed";

/** Longest text that is taken over from an event: longer ones are no names that the API server lets pass. */
const LONGEST_NAME = 512;
const LONGEST_URI = 32_768;
const MOST_GROUPS = 500;
const VERSION = "audit.k8s.io/v1";
const DECISION = "authorization.k8s.io/decision";
const IMPERSONATED_KINDS = new Set(["users", "groups", "serviceaccounts", "uids", "userextras", "nodes"]);

type Fields = Readonly<Record<string, unknown>>;

/** Reads one event of `audit.k8s.io/v1`. Never throws; looks only at own fields, so `__proto__` is a name like any other. */
export function parseAuditEvent(value: unknown): AuditEvent | NotAnEvent {
  const fields = fieldsOf(value);
  if (!fields) return "not-audit";
  const apiVersion = fields["apiVersion"];
  if (typeof apiVersion !== "string" || !apiVersion.startsWith("audit.k8s.io/") || fields["kind"] !== "Event")
    return "not-audit";
  if (apiVersion !== VERSION) return "other-version";
  const stage = STAGES.find((candidate) => candidate === fields["stage"]);
  const id = shortText(fields["auditID"]);
  const verb = shortText(fields["verb"]);
  const uri = textOf(fields["requestURI"], LONGEST_URI);
  const object = fields["objectRef"] === undefined ? null : objectOf(fields["objectRef"]);
  const user = userOf(fields["user"]);
  const impersonated = fields["impersonatedUser"] === undefined ? null : userOf(fields["impersonatedUser"]);
  if (!stage || !id || !verb || !uri || object === undefined || user === undefined || impersonated === undefined)
    return "malformed";
  const response = fieldsOf(fields["responseStatus"]);
  const status = response?.["code"];
  const decision = fieldsOf(fields["annotations"])?.[DECISION];
  return {
    id,
    stage,
    verb,
    uri,
    user,
    impersonated,
    impersonationVerb: shortText(fieldsOf(fields["authenticationMetadata"])?.["impersonationConstraint"]) ?? "",
    object,
    status: typeof status === "number" ? status : null,
    refusedImpersonation: refusedImpersonationOf(response),
    decision: decision === "allow" || decision === "forbid" ? decision : null,
    at: timeOf(fields["requestReceivedTimestamp"]) ?? timeOf(fields["stageTimestamp"]),
  };
}

/** The events of a list that stands for several (`EventList`, or a plain array); null when it is none. */
export function eventsOfList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const fields = fieldsOf(value);
  if (fields?.["kind"] !== "EventList") return null;
  const { items } = fields;
  return Array.isArray(items)
    ? items.map((item: unknown) => {
        const event = fieldsOf(item);
        // Items of a list need not say again what they are.
        return event ? { kind: "Event", apiVersion: fields["apiVersion"], ...event } : item;
      })
    : null;
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** Undefined: not a text, or too long. */
function textOf(value: unknown, longest: number): string | undefined {
  return typeof value === "string" && value.length <= longest ? value : undefined;
}

function shortText(value: unknown): string | undefined {
  return textOf(value, LONGEST_NAME);
}

/** Null: nobody; undefined: unreadable. */
function userOf(value: unknown): AuditUser | null | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const name = fields["username"] === undefined ? "" : shortText(fields["username"]);
  if (name === undefined) return undefined;
  if (name === "") return null;
  return {
    name,
    groups: textsOf(fields["groups"]).filter((group) => group !== ""),
    uid: shortText(fields["uid"]) ?? "",
    extra: Object.entries(fieldsOf(fields["extra"]) ?? {}).map(([key, values]) => [key, textsOf(values)]),
  };
}

function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_GROUPS).filter((entry): entry is string => shortText(entry) !== undefined);
}

function objectOf(value: unknown): AuditEvent["object"] | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const text = (name: string) => (fields[name] === undefined ? "" : shortText(fields[name]));
  const [apiGroup, resource, subresource, namespace, name] = [
    text("apiGroup"),
    text("resource"),
    text("subresource"),
    text("namespace"),
    text("name"),
  ];
  const isReadable =
    apiGroup !== undefined &&
    resource !== undefined &&
    subresource !== undefined &&
    namespace !== undefined &&
    name !== undefined;
  return isReadable ? { apiGroup, resource, subresource, namespace, name } : undefined;
}

function refusedImpersonationOf(response: Fields | null): AuditEvent["refusedImpersonation"] {
  const message = response?.["message"];
  if (typeof message !== "string" || !message.includes(" cannot impersonate")) return null;
  const details = fieldsOf(response?.["details"]);
  const resource = shortText(details?.["kind"]);
  const name = shortText(details?.["name"]);
  return resource !== undefined && name !== undefined && IMPERSONATED_KINDS.has(resource) ? { resource, name } : null;
}

function timeOf(value: unknown): number | null {
  if (typeof value !== "string" || value.length > 40) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}
