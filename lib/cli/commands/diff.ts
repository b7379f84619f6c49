import { accessDiff, type AccessDiff, type DiffRule } from "../../analysis/access-diff.ts";
import { analyzeAccess } from "../../analysis/analyze-access.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { isManifestPath, readSource } from "../source.ts";
import type { Terminal } from "../terminal.ts";

export const diff: Command = {
  name: "diff",
  summary: "what differs between two clusters, or one cluster at two times",
  help: `SOURCE_A -- SOURCE_B

Findings, permissions and takeovers that B has and A has not, and the other way round. Only access is compared so far. --output of either source counts.

Exit status: 0 nothing got worse, 1 B has a finding that A has not, 2 bad usage or input, 3 cluster not reachable.`,
  async run(args, terminal) {
    const middle = args.indexOf("--");
    if (middle < 0) throw usageError("Give two sources with -- between them", "diff");
    const [before, after] = [args.slice(0, middle), args.slice(middle + 1)];
    const [first, second] = [parse(before), parse(after)];
    const format = chooseFormat(second.output ?? first.output, [], terminal);
    const result = accessDiff(
      analyzeAccess(await readSource(first, terminal)),
      analyzeAccess(await readSource(second, terminal)),
    );
    if (format === "json") await terminal.write(toJson(result));
    else await writeText(result, terminal);
    return result.findings.added.length > 0 ? EXIT.no : EXIT.good;
  },
};

function parse(args: readonly string[]) {
  const { values, positionals } = parseCommand(expandManifests(args, isManifestPath), SOURCE_OPTIONS, "diff");
  if (positionals.length > 0) throw usageError(`Unexpected argument ${JSON.stringify(positionals[0])}`, "diff");
  return values;
}

async function writeText({ findings, permissions, takeover }: AccessDiff, terminal: Terminal): Promise<void> {
  const lines = [
    ...takeover.gained.map((subject) => `+ ${subject} can take over the cluster`),
    ...takeover.lost.map((subject) => `- ${subject} can no longer take over the cluster`),
    ...findings.added.map(({ severity, sentence }) => `+ ${severity}: ${sentence}`),
    ...findings.removed.map(({ severity, sentence }) => `- ${severity}: ${sentence}`),
    ...findings.changed.map(
      ({ before, after }) => `~ ${before.severity}: ${before.sentence} -> ${after.severity}: ${after.sentence}`,
    ),
    ...permissions.added.map((held) => `+ ${permissionText(held)}`),
    ...permissions.removed.map((held) => `- ${permissionText(held)}`),
  ];
  await terminal.write(lines.length === 0 ? "No difference in access.\n" : `${lines.map(toVisibleText).join("\n")}\n`);
}

function permissionText({ subject, namespace, rule }: DiffRule): string {
  return `${subject} may ${rule}${namespace === null ? " in the whole cluster" : ` in ${namespace}`}`;
}
