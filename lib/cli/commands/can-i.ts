import { createReadStream } from "node:fs";
import { z } from "zod";
import { accessGapView } from "../../analysis/completeness.ts";
import { parseQuestion } from "../../analysis/questions/who-can-page.ts";
import {
  compileAccess,
  decideWithAuthorizers,
  decideWrite,
  implicitGroups,
  resourceCatalog,
  type AccessModel,
} from "../../engines/rbac/index.ts";
import { withBuiltInRoles } from "../../collector/index.ts";
import type { AccessDecision, AccessRequest, UserInfo } from "../../model/access.ts";
import { AppError } from "../../model/app-error.ts";
import { formatObject } from "../../model/object-ref.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";
import { parseServiceAccountUsername, parseSubject, subjectUsername } from "../../model/subject-name.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { readLines } from "../read-lines.ts";
import { isManifestPath, readSource, type SourceValues } from "../source.ts";
import { formatTable, type Terminal } from "../terminal.ts";
import { formatWrite, readWrittenObjects, toOperation, toWrittenObject, writeAnswerOf } from "./can-i-write.ts";

const OPTIONS = {
  ...SOURCE_OPTIONS,
  as: { type: "string" },
  "as-group": { type: "string", multiple: true },
  namespace: { type: "string", short: "n" },
  batch: { type: "string" },
  filename: { type: "string", short: "f" },
} as const;

export const canI: Command = {
  name: "can-i",
  summary: "may this user do that? with the binding that proves it",
  help: `SOURCE --as USER [--as-group G]... VERB RESOURCE[.GROUP][/SUB] [NAME] [-n NAMESPACE]
  SOURCE --as USER [--as-group G]... VERB /PATH
  SOURCE --as USER [--as-group G]... create|update -f FILE [-n NAMESPACE]
  SOURCE --batch FILE        one JSON request per line; "-" reads standard input

USER is a user name; a service account is system:serviceaccount:NS:NAME or ServiceAccount:NS/NAME.
Without --as-group a service account has its fixed groups and any other user system:authenticated, as with
impersonation. In a batch only service accounts get groups by themselves; "groups" replaces them.

With -f the question is whether the API server would let the user write the Roles, ClusterRoles, RoleBindings and ClusterRoleBindings
of the file ("-" reads standard input): the authorizer, then the rules against escalation. One object gives one answer, several give
a list. "update" of an object that is not there creates it, as a PUT does. Whether the namespace exists, admission policies and
webhooks are not asked.

Batch line in:   {"user","groups"?,"verb","group"?,"resource"?,"subresource"?,"namespace"?,"name"?,"path"?}
            or:  {"user","groups"?,"verb":"create"|"update","object":{...},"namespace"?}
Batch line out:  {"decision":"allowed"|"denied"|"unknown","grant"?,"gaps"?}
  for an object: {"decision","reason","object","grant"?,"missing"?,"invalid"?,"gaps"?}

Exit status: 0 allowed (every object), 1 denied or unknown, 2 bad usage or input, 3 cluster not reachable; a batch ends with 0.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(expandManifests(args, isManifestPath), OPTIONS, "can-i");
    if (values.batch !== undefined) {
      if (positionals.length > 0 || values.as !== undefined || values.filename !== undefined)
        throw usageError("--batch takes the requests from the file: give neither a user nor a request", "can-i");
      if (values.batch === "-" && (values.snapshot === "-" || values.manifests?.includes("-")))
        throw usageError("Standard input cannot be both source and batch", "can-i");
      return runBatch(await readSource(values, terminal), values.batch, terminal);
    }
    if (!values.as) throw usageError("--as USER is missing", "can-i");
    if (values.filename !== undefined) {
      if (values.filename === "-" && (values.snapshot === "-" || values.manifests?.includes("-")))
        throw usageError("Standard input cannot be both source and object", "can-i");
      return runWrite({ ...values, as: values.as, filename: values.filename }, positionals, terminal);
    }
    const [verb, resource, name = ""] = positionals;
    if (verb === undefined || resource === undefined || positionals.length > 3)
      throw usageError("Give VERB RESOURCE [NAME], or VERB /PATH", "can-i");
    const format = chooseFormat(values.output, [], terminal);
    const who = askingUser(values.as, values["as-group"]);
    const snapshot = await readSource(values, terminal);
    const request = writtenRequest(snapshot, { verb, resource, name, namespace: values.namespace ?? "" });
    const decision = decideWithAuthorizers(compileAccess(snapshot), who, request);
    await terminal.write(format === "json" ? toJson(answerOf(decision)) : formatDecision(decision));
    return decision.verdict === "allowed" ? EXIT.good : EXIT.no;
  },
};

/** Answers `create -f FILE` and `update -f FILE`: one answer per object, in the order of the file. */
async function runWrite(
  values: SourceValues & {
    readonly as: string;
    readonly filename: string;
    readonly "as-group"?: readonly string[] | undefined;
    readonly namespace?: string | undefined;
    readonly output?: string | undefined;
  },
  [verb = "", ...more]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const operation = toOperation(verb);
  if (!operation || more.length > 0) throw usageError("With -f give create or update and nothing else", "can-i");
  const format = chooseFormat(values.output, [], terminal);
  const who = askingUser(values.as, values["as-group"]);
  const objects = await readWrittenObjects(values.filename, values.namespace, terminal);
  const model = compileAccess(withBuiltInRoles(await readSource(values, terminal)));
  const decisions = objects.map((object) => ({ object, decision: decideWrite(model, who, operation, object) }));
  if (format === "json") {
    const answers = decisions.map(({ object, decision }) => writeAnswerOf(object, decision));
    await terminal.write(toJson(answers.length === 1 ? answers[0] : answers));
  } else {
    for (const { object, decision } of decisions) await terminal.write(formatWrite(object, decision));
  }
  return decisions.every(({ decision }) => decision.verdict === "allowed") ? EXIT.good : EXIT.no;
}

/** The user a `--as` names, with the groups impersonation would give. */
export function askingUser(as: string, groups: readonly string[] | undefined): UserInfo {
  const subject = parseSubject(as);
  const user = (subject && subject.kind !== "Group" ? subjectUsername(subject) : undefined) ?? as;
  return { user, groups: groups ?? implicitGroups(user) };
}

/** A request as it is written on the command line: a resource with optional group and subresource, or a path. */
export function writtenRequest(
  snapshot: ClusterSnapshot,
  written: { verb: string; resource: string; name: string; namespace: string },
): AccessRequest {
  const isPath = written.resource.startsWith("/");
  return parseQuestion(
    { catalog: resourceCatalog(snapshot.apiResources) },
    { ...written, resource: isPath ? "" : written.resource, path: isPath ? written.resource : "" },
  );
}

/** Null counts as absent, as in the API server's JSON; only an object that is null is a mistake. */
const batchTextSchema = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const batchLineSchema = z.object({
  user: z.string(),
  groups: z.array(z.string()).nullish(),
  verb: z.string(),
  group: batchTextSchema,
  resource: batchTextSchema,
  subresource: batchTextSchema,
  namespace: batchTextSchema,
  name: batchTextSchema,
  path: z.string().nullish(),
  object: z.unknown().optional(),
});

/** Answers line by line in the order of the requests; memory does not grow with their number. */
async function runBatch(snapshot: ClusterSnapshot, file: string, terminal: Terminal): Promise<number> {
  const model = compileAccess(snapshot);
  let writes: AccessModel | undefined;
  const writeModel = () => (writes ??= compileAccess(withBuiltInRoles(snapshot)));
  let number = 0;
  let pending = "";
  try {
    for await (const line of readLines(file === "-" ? terminal.stdin : createReadStream(file))) {
      number += 1;
      if (line.trim() === "") continue;
      pending += `${JSON.stringify(answerLine(model, writeModel, line, { file, line: number }))}\n`;
      if (pending.length > 65_536) {
        await terminal.write(pending);
        pending = "";
      }
    }
  } catch (error) {
    await terminal.write(pending);
    if (error instanceof Error && "code" in error && !(error instanceof AppError)) {
      throw new AppError("invalid_input", "The batch file cannot be read", { position: { file }, cause: error });
    }
    throw error;
  }
  await terminal.write(pending);
  return EXIT.good;
}

function answerLine(
  model: AccessModel,
  writeModel: () => AccessModel,
  line: string,
  position: { file: string; line: number },
) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new AppError("invalid_input", "The batch line is not JSON", { position, cause: error });
  }
  const parsed = batchLineSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError("invalid_input", `The batch line is not a request: ${issue?.message ?? "wrong shape"}`, {
      position: { ...position, field: issue?.path.join(".") ?? "" },
    });
  }
  const { user, groups, verb, group, path, resource, subresource, namespace, name, object } = parsed.data;
  const who = { user, groups: groups ?? (parseServiceAccountUsername(user) ? implicitGroups(user) : []) };
  if (object !== undefined) {
    const operation = toOperation(verb);
    if (!operation)
      throw new AppError("invalid_input", "The batch line is not a request: an object is for create or update", {
        position: { ...position, field: "verb" },
      });
    const written = toWrittenObject(object, namespace === "" ? undefined : namespace, position);
    return writeAnswerOf(written, decideWrite(writeModel(), who, operation, written));
  }
  const request =
    path === undefined || path === null
      ? { verb, apiGroup: group, resource, subresource, namespace, name }
      : { verb, path };
  return answerOf(decideWithAuthorizers(model, who, request));
}

/** The JSON form of a decision. */
export function answerOf(decision: AccessDecision): object {
  if (decision.verdict === "unknown") return { decision: "unknown", gaps: decision.gaps.map(accessGapView) };
  if (decision.verdict === "denied") return { decision: "denied" };
  if ("builtin" in decision) return { decision: "allowed", builtin: decision.builtin };
  return { decision: "allowed", grant: decision.grant };
}

function formatDecision(decision: AccessDecision): string {
  if (decision.verdict === "denied") return "no\n";
  if (decision.verdict === "unknown")
    return `unknown\n${decision.gaps.map((gap) => `  ${accessGapView(gap).sentence}\n`).join("")}`;
  if ("builtin" in decision) return `yes: ${decision.builtin}\n`;
  const { binding, role, ruleIndex, through } = decision.grant;
  return `yes\n${formatTable(
    ["BINDING", "ROLE", "RULE", "SUBJECT"],
    [[formatObject(binding), formatObject(role), String(ruleIndex), formatObject(through)]],
  )}`;
}
