import { analyzeAccess, askingAs, isSystemSubject, type AccessAnalysis } from "../../analysis/analyze-access.ts";
import { compareWithHeld, sortRequests } from "../../analysis/least-privilege/sort-requests.ts";
import { leastPrivilege } from "../../analysis/questions/least-privilege.ts";
import { countOf } from "../../analysis/words.ts";
import type { AuditUsage, UserUsage } from "../../audit-log/index.ts";
import {
  NAME_CHOICES,
  SCOPE_CHOICES,
  type LeastPrivilege,
  type LeastPrivilegeBody,
} from "../../contracts/least-privilege.ts";
import type { Subject } from "../../model/access.ts";
import { formatObject } from "../../model/object-ref.ts";
import { compareText, formatSubject, parseSubject } from "../../model/subject-name.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { readAuditLogs, type LogsRead } from "../read-audit-logs.ts";
import { isManifestPath, readSource } from "../source.ts";
import { formatTable, type Terminal } from "../terminal.ts";

const NAME = "least-privilege";

export const leastPrivilegeCommand: Command = {
  name: NAME,
  summary: "roles that grant exactly what an audit log shows in use",
  help: `SOURCE --audit FILE... [--as SUBJECT] [--names exact|any] [--scope namespace|cluster] [-o table|json|yaml]

FILE is what --audit-log-path of the API server wrote (audit.k8s.io/v1, one JSON event per line; gzip too); "-" reads standard input,
and --audit may be given several times. SUBJECT is ServiceAccount:ns/name, User:name or Group:name.

With --as: a Role for each namespace and a ClusterRole that grant what the subject used, with their bindings, as YAML; -o json adds the comparison
with what it holds now, -o table shows that alone. Without --as: every user of the log, with how many of its rights it uses.
  --names exact      resourceNames where every use was by name and they are few (default); any: never
  --scope namespace  a Role in each namespace (default); cluster: one ClusterRole, which grants in every namespace

A log shows what was done while it was written and what its policy records, never what will be needed.

Exit status: 0 good, 1 the log holds no request of the subject, 2 bad usage or input, 3 cluster not reachable.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      {
        ...SOURCE_OPTIONS,
        audit: { type: "string", multiple: true },
        as: { type: "string" },
        names: { type: "string" },
        scope: { type: "string" },
      },
      NAME,
    );
    if (positionals.length > 0) throw usageError(`Unexpected argument ${JSON.stringify(positionals[0])}`, NAME);
    const files = values.audit ?? [];
    if (files.length === 0) throw usageError("--audit FILE is missing", NAME);
    const fromStdin = [...files, values.snapshot, ...(values.manifests ?? [])].filter((file) => file === "-");
    if (fromStdin.length > 1) throw usageError("Standard input can be read once only", NAME);
    const names = choice("--names", values.names, NAME_CHOICES);
    const scope = choice("--scope", values.scope, SCOPE_CHOICES);
    if (values.as === undefined) {
      const format = chooseFormat(values.output, [], terminal);
      const analysis = analyzeAccess(await readSource(values, terminal));
      const logs = await readAuditLogs(files, undefined, terminal);
      tellBroken(logs, terminal);
      const rows = userRows(analysis, logs.usage);
      await terminal.write(format === "json" ? toJson(overview(logs, rows)) : formatRows(rows));
      return EXIT.good;
    }
    const subject = parseSubject(values.as) ?? { kind: "User" as const, name: values.as };
    const format = values.output === undefined ? "yaml" : chooseFormat(values.output, ["yaml"], terminal);
    const analysis = analyzeAccess(await readSource(values, terminal));
    const logs = await readAuditLogs(files, subject, terminal);
    tellBroken(logs, terminal);
    const answer = leastPrivilege(analysis, formatSubject(subject), bodyOf(logs, { names, scope }));
    await terminal.write(format === "yaml" ? answer.yaml : format === "json" ? toJson(answer) : formatAnswer(answer));
    return logs.usage.users.length > 0 ? EXIT.good : EXIT.no;
  },
};

function choice<T extends string>(option: string, text: string | undefined, choices: readonly [T, ...T[]]): T {
  if (text === undefined) return choices[0];
  const found = choices.find((candidate) => candidate === text);
  if (found === undefined) throw usageError(`${option} takes ${choices.join(" or ")}`, NAME);
  return found;
}

/** Lines that could not be read go to standard error: the answer lacks what they hold. */
function tellBroken({ brokenLines, firstBroken }: LogsRead, terminal: Terminal): void {
  if (brokenLines === 0) return;
  for (const line of firstBroken.slice(0, 5)) terminal.error(`kordon: ${toVisibleText(line)}`);
  terminal.error(`kordon: ${countOf(brokenLines, "line")} of the audit log could not be read`);
}

function bodyOf(
  { usage, brokenLines }: LogsRead,
  options: Pick<LeastPrivilegeBody, "names" | "scope">,
): LeastPrivilegeBody {
  const [user] = usage.users;
  const requests = user?.requests ?? [];
  return {
    ...options,
    groups: [...(user?.groups ?? [])],
    requests: [...requests],
    log: {
      firstAt: usage.period?.firstAt ?? null,
      lastAt: usage.period?.lastAt ?? null,
      requests: usage.requests,
      brokenLines,
      dropped: usage.dropped,
    },
  };
}

interface UserRow {
  readonly subject: Subject;
  readonly requests: number;
  readonly refused: number;
  readonly used: number;
  readonly held: number | null;
  readonly unusedRules: number;
  readonly rules: number;
}

/** Every user of the log: whose rights are used least stand first, Kubernetes' own last. */
function userRows(analysis: AccessAnalysis, usage: AuditUsage): readonly (UserRow & { readonly isSystem: boolean })[] {
  return usage.users
    .map((user) => userRow(analysis, user))
    .sort(
      (a, b) =>
        Number(a.isSystem) - Number(b.isSystem) ||
        unusedOf(b) - unusedOf(a) ||
        compareText(formatSubject(a.subject), formatSubject(b.subject)),
    );
}

function unusedOf({ used, held }: UserRow): number {
  return held === null ? Number.MAX_SAFE_INTEGER : held - used;
}

function userRow(analysis: AccessAnalysis, { user, groups, requests }: UserUsage) {
  const subject = parseSubject(`User:${user}`) ?? { kind: "User" as const, name: user };
  const asking = askingAs(subject);
  const who = { ...asking, groups: [...new Set([...asking.groups, ...groups])] };
  const sorted = sortRequests(analysis, subject, who, requests);
  const { grants, held, used } = compareWithHeld(analysis, subject, who, sorted.used);
  const id = analysis.model.findSubject("user", user);
  return {
    subject,
    requests: requests.reduce((sum, { allowed, refused, unknown }) => sum + allowed + refused + unknown, 0),
    refused: requests.reduce((sum, { refused }) => sum + refused, 0),
    used,
    held,
    unusedRules: grants.filter(({ state }) => state === "unused").length,
    rules: grants.length,
    isSystem: id === undefined ? user.startsWith("system:") : isSystemSubject(analysis, id),
  };
}

function overview({ usage, brokenLines }: LogsRead, rows: readonly (UserRow & { readonly isSystem: boolean })[]) {
  return {
    log: {
      firstAt: timeText(usage.period?.firstAt),
      lastAt: timeText(usage.period?.lastAt),
      requests: usage.requests,
      stages: Object.fromEntries(usage.stages),
      unauthenticated: usage.unauthenticated,
      brokenLines,
      dropped: usage.dropped,
    },
    subjects: rows.map(({ subject, isSystem: _, ...row }) => ({ subject: formatSubject(subject), ...row })),
  };
}

function timeText(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function formatRows(rows: readonly UserRow[]): string {
  return formatTable(
    ["SUBJECT", "REQUESTS", "REFUSED", "RIGHTS USED", "OF", "RULES UNUSED", "OF"],
    rows.map(({ subject, requests, refused, used, held, unusedRules, rules }) => [
      formatSubject(subject),
      String(requests),
      String(refused),
      String(used),
      held === null ? "?" : String(held),
      String(unusedRules),
      String(rules),
    ]),
  );
}

function formatAnswer({ sentence, notes, grants, refused, lost }: LeastPrivilege): string {
  const seen = (title: string, list: LeastPrivilege["refused"]) =>
    list.length === 0
      ? []
      : [
          "",
          `${title}:`,
          ...list.map(({ text, count }) => `  ${toVisibleText(text)} (${count.toLocaleString("en-US")} ×)`),
        ];
  return [
    toVisibleText(sentence),
    ...notes.map((note) => `- ${toVisibleText(note)}`),
    "",
    formatTable(
      ["STATE", "BINDING", "ROLE", "RULE", "GRANTS", "USED"],
      grants.map(({ state, grant, rule, used }) => [
        state,
        formatObject(grant.binding),
        formatObject(grant.role),
        String(grant.ruleIndex),
        rule,
        used,
      ]),
    ).trimEnd(),
    ...seen("Refused and not granted", refused),
    ...seen("Used, and not allowed now", lost),
    "",
  ].join("\n");
}
