import { createAuditLogReader, createUsageFold } from "../lib/audit-log/index.ts";
import { formatMs } from "./measure.ts";
import { seededRandom } from "./random.ts";

const LINES = 1_000_000;
const LINES_PER_PIECE = 1000;
const USERS = 400;
const NAMESPACES = 120;
const RESOURCES = ["pods", "configmaps", "secrets", "services", "endpoints", "events", "leases", "deployments"];
const VERBS = ["get", "get", "get", "list", "watch", "update", "patch", "create"];
const MIB = 2 ** 20;

/** P6: a log of a million events of 400 users, against reading its JSON alone; and the memory that stays. */
export function benchAuditLog(): void {
  const random = seededRandom(6);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // within the list
  // Made once and read often: a log repeats itself, and the text must not be what is measured.
  const pieces = Array.from({ length: 100 }, (_, piece) =>
    Array.from({ length: LINES_PER_PIECE }, (_line, line) => eventLine(pick, random, `${piece}-${line}`)).join(""),
  );
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0) * (LINES / (pieces.length * LINES_PER_PIECE));
  const fold = createUsageFold();
  const reader = createAuditLogReader((event) => fold.add(event));
  const before = process.memoryUsage().heapUsed;
  let peak = 0;
  const startedAt = performance.now();
  for (let piece = 0; piece < LINES / LINES_PER_PIECE; piece += 1) {
    reader.write(pieceOf(pieces, piece));
    if (piece % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  reader.end();
  const usage = fold.result();
  const tookMs = performance.now() - startedAt;
  const kept = usage.users.reduce((sum, { requests }) => sum + requests.length, 0);
  const parseMs = parseAlone(pieces);
  console.log(`P6 audit log: ${LINES.toLocaleString("en-US")} events, ${Math.round(bytes / MIB)} MiB`);
  console.log(
    `  read and folded              ${formatMs(tookMs)}, ${Math.round((LINES / tookMs) * 1000).toLocaleString("en-US")} lines/s, ${Math.round(bytes / MIB / (tookMs / 1000))} MiB/s`,
  );
  console.log(`  ratio to JSON.parse alone    ${(tookMs / parseMs).toFixed(2)} × (${formatMs(parseMs)}), bound 3 ×`);
  console.log(
    `  kept                         ${usage.users.length} users, ${kept.toLocaleString("en-US")} requests, ${Math.round((process.memoryUsage().heapUsed - before) / MIB)} MiB more heap, ${Math.round(peak / MIB)} MiB resident at most, bound 1,024 MiB`,
  );
}

/** Other ids each time, so that nothing counts as a further stage of a request. */
function pieceOf(pieces: readonly string[], number: number): string {
  return (pieces[number % pieces.length] ?? "").replaceAll("ROUND", String(number));
}

/** The floor: every line through the parser of the engine and nothing else. */
function parseAlone(pieces: readonly string[]): number {
  const startedAt = performance.now();
  let seen = 0;
  for (let piece = 0; piece < LINES / LINES_PER_PIECE; piece += 1) {
    for (const line of pieceOf(pieces, piece).split("\n")) if (line !== "" && JSON.parse(line) !== null) seen += 1;
  }
  if (seen !== LINES) throw new Error(`parsed ${seen} lines`);
  return performance.now() - startedAt;
}

function eventLine(pick: <T>(list: readonly T[]) => T, random: () => number, id: string): string {
  const number = (below: number) => Math.floor(random() * below);
  const user = `system:serviceaccount:team-${number(NAMESPACES)}:app-${number(USERS) % 4}`;
  const namespace = `team-${number(NAMESPACES)}`;
  const verb = pick(VERBS);
  const resource = pick(RESOURCES);
  const name = verb === "list" || verb === "watch" ? "" : `object-${number(80)}`;
  const at = new Date(Date.UTC(2026, 10, 1) + number(20 * 86_400_000)).toISOString();
  return `${JSON.stringify({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: `ROUND-${id}`,
    stage: "ResponseComplete",
    requestURI: `/api/v1/namespaces/${namespace}/${resource}/${name}?resourceVersion=0`,
    verb,
    user: { username: user, uid: "0f6f3a0e-8a34-4d5c", groups: ["system:serviceaccounts", "system:authenticated"] },
    sourceIPs: ["10.1.2.3"],
    userAgent: "app/v1.2.3 (linux/amd64) kubernetes/abcdef0",
    objectRef: { resource, namespace, ...(name === "" ? {} : { name }), apiVersion: "v1" },
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    annotations: {
      "authorization.k8s.io/decision": "allow",
      "authorization.k8s.io/reason": `RBAC: allowed by RoleBinding "app/${namespace}" of Role "app" to ServiceAccount "app/${namespace}"`,
    },
  })}\n`;
}
