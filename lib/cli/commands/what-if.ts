import { analyzeAccess } from "../../analysis/analyze-access.ts";
import { refuseInvalid } from "../../analysis/what-if/refuse-invalid.ts";
import { whatIf, type WhatIfChanges } from "../../analysis/what-if/what-if.ts";
import { readAccessObjects, withBuiltInRoles } from "../../collector/index.ts";
import { readInputs } from "../../collector/manifests/read-inputs.ts";
import { parseRemovedObject } from "../../contracts/removed-object.ts";
import type { ObjectEffect, PermissionChange, ReachChange, WhatIf } from "../../contracts/what-if.ts";
import { AppError } from "../../model/app-error.ts";
import { formatObject, type ObjectRef } from "../../model/object-ref.ts";
import { severityRank } from "../../model/severity.ts";
import { formatSubject } from "../../model/subject-name.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { isManifestPath, readSource } from "../source.ts";
import { formatTable, type Terminal } from "../terminal.ts";

const NAME = "what-if";
const MOST_OBJECTS = 2000;
const RBAC_GROUP = "rbac.authorization.k8s.io";

export const whatIfCommand: Command = {
  name: NAME,
  summary: "which permissions and ways to take over appear and vanish with a change",
  help: `SOURCE [-f FILE]... [--remove KIND/[NAMESPACE/]NAME]... [-o table|json]

FILE holds Roles, ClusterRoles, RoleBindings, ClusterRoleBindings (rbac.authorization.k8s.io/v1) and ServiceAccounts that would be written, as YAML
or JSON; a directory is read whole, "-" is standard input. --remove names one of these that would be removed, e.g. --remove ClusterRoleBinding/ci
or --remove RoleBinding/shop/editors. An object that is both written and removed counts as written.

Nothing is written to the cluster. + appears, - vanishes.

Exit status: 0 nobody new reaches a target of severity critical or high, 1 somebody does, 2 bad usage or input, 3 cluster not reachable.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      {
        ...SOURCE_OPTIONS,
        file: { type: "string", short: "f", multiple: true },
        remove: { type: "string", multiple: true },
      },
      NAME,
    );
    if (positionals.length > 0) throw usageError(`Unexpected argument ${JSON.stringify(positionals[0])}`, NAME);
    const files = values.file ?? [];
    const removed = (values.remove ?? []).map(removedObject);
    if (files.length === 0 && removed.length === 0)
      throw usageError("There is nothing to compare: give -f FILE or --remove KIND/[NAMESPACE/]NAME", NAME);
    const fromStdin = [...files, values.snapshot, ...(values.manifests ?? [])].filter((file) => file === "-");
    if (fromStdin.length > 1) throw usageError("Standard input can be read once only", NAME);
    const format = chooseFormat(values.output, [], terminal);
    const written = await readWritten(files, terminal);
    const answer = whatIf(analyzeAccess(withBuiltInRoles(await readSource(values, terminal))), { written, removed });
    await terminal.write(format === "json" ? toJson(answer) : formatAnswer(answer));
    return answer.reach.gained.some(({ target }) => severityRank(target.severity) <= severityRank("high"))
      ? EXIT.no
      : EXIT.good;
  },
};

function removedObject(text: string): ObjectRef {
  const object = parseRemovedObject(text);
  if (!object)
    throw usageError(
      `--remove takes ClusterRole/NAME, ClusterRoleBinding/NAME, or Role, RoleBinding, ServiceAccount with /NAMESPACE/NAME, not ${JSON.stringify(text)}`,
      NAME,
    );
  const { namespace, ...rest } = object;
  return {
    group: object.kind === "ServiceAccount" ? "" : RBAC_GROUP,
    ...rest,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** @throws AppError `invalid_input` with file and position; `too_large` for more objects than can be compared. */
async function readWritten(files: readonly string[], terminal: Terminal): Promise<WhatIfChanges["written"]> {
  const objects: WhatIfChanges["written"][number][] = [];
  const inputs = files.map((path) => (path === "-" ? { stdin: terminal.stdin } : { path }));
  for await (const text of readInputs(inputs))
    objects.push(...readAccessObjects(text, MOST_OBJECTS - objects.length, refuseInvalid));
  if (objects.length === 0 && files.length > 0)
    throw new AppError("invalid_input", "There is no object in the input", { position: { file: files.join(", ") } });
  return objects;
}

const EFFECTS: Readonly<Record<ObjectEffect, string>> = {
  created: "+ created",
  replaced: "~ replaced",
  removed: "- removed",
  follows: "~ follows",
  unchanged: "= unchanged",
  missing: "? not found",
};

function formatAnswer({ sentence, objects, reach, permissions, completeness }: WhatIf): string {
  return [
    toVisibleText(sentence),
    "",
    ...objects.flatMap(({ object, effect, notes }) => [
      toVisibleText(`${EFFECTS[effect].padEnd(11)}  ${formatObject(object)}`),
      ...notes.map((note) => `             ${toVisibleText(note)}`),
    ]),
    ...waysText("Ways that appear", "+", reach.gained),
    ...waysText("Ways that vanish", "-", reach.lost),
    ...permissionsText(permissions),
    ...(completeness.gaps.length === 0
      ? []
      : ["", "Not everything was read; more may change:", ...completeness.gaps.map(gapText)]),
    "",
  ].join("\n");
}

function gapText({ sentence }: { readonly sentence: string }): string {
  return `  ${toVisibleText(sentence)}`;
}

function waysText(title: string, sign: "+" | "-", changes: readonly ReachChange[]): readonly string[] {
  if (changes.length === 0) return [];
  return [
    "",
    `${title}:`,
    ...changes.flatMap(({ target: { place, severity }, count, subjects, path }) => {
      const rest = count - subjects.length;
      return [
        toVisibleText(`${sign} ${place.label} ${place.title} (${severity})`),
        ...subjects.map((subject) => toVisibleText(`    ${formatSubject(subject)}`)),
        ...(rest > 0 ? [`    and ${rest} more`] : []),
        ...(path ? [toVisibleText(`    ${sign === "+" ? "by" : "was by"}: ${path.sentence}`)] : []),
      ];
    }),
  ];
}

function permissionsText({ gained, lost }: WhatIf["permissions"]): readonly string[] {
  if (gained.count + lost.count === 0) return [];
  const row =
    (sign: "+" | "-") =>
    ({ subject, namespace, rule }: PermissionChange) => [sign, formatSubject(subject), namespace ?? "*", rule];
  const cut = (word: string, { count, items }: WhatIf["permissions"]["gained"]) =>
    items.length < count ? [`Only the first ${items.length} of ${count} that ${word} are shown.`] : [];
  return [
    "",
    "Permissions:",
    formatTable(
      ["", "SUBJECT", "NAMESPACE", "RULE"],
      [...gained.items.map(row("+")), ...lost.items.map(row("-"))],
    ).trimEnd(),
    ...cut("appear", gained),
    ...cut("vanish", lost),
  ];
}
