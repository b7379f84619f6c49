import { analyzeSnapshot, type ScanAnalysis } from "../../analysis/summary.ts";
import type { Finding } from "../../model/finding.ts";
import { SEVERITIES, severityRank, type Severity } from "../../model/severity.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { writeSnapshotFile } from "../../snapshot/index.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { findingsCsv, findingsHtml, findingsSarif } from "../report/index.ts";
import { isManifestPath, readSource } from "../source.ts";
import { formatTable } from "../terminal.ts";

export const scan: Command = {
  name: "scan",
  summary: "read a cluster or manifests once and list the findings",
  help: `SOURCE [--fail-on SEVERITY] [--save FILE] [--output table|json|sarif|csv|html]

SEVERITY is critical, high, medium or low. --save also keeps the snapshot.

Exit status: 0 good, 1 a finding at or above --fail-on, 2 bad usage or input, 3 cluster not reachable.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      { ...SOURCE_OPTIONS, "fail-on": { type: "string" }, save: { type: "string" } },
      "scan",
    );
    if (positionals.length > 0)
      throw usageError(
        `Unexpected argument ${JSON.stringify(positionals[0])}: no such file, or no option before it`,
        "scan",
      );
    const failOn = readSeverity(values["fail-on"]);
    const format = chooseFormat(values.output, ["sarif", "csv", "html"], terminal);
    const snapshot = await readSource(values, terminal);
    if (values.save !== undefined) await writeSnapshotFile(snapshot, values.save);
    const analysis = analyzeSnapshot(snapshot);
    await terminal.write(render(format, snapshot, analysis));
    const failed =
      failOn !== null && analysis.findings.some(({ severity }) => severityRank(severity) <= severityRank(failOn));
    return failed ? EXIT.no : EXIT.good;
  },
};

function readSeverity(text: string | undefined): Severity | null {
  if (text === undefined) return null;
  const found = SEVERITIES.find((severity) => severity === text);
  if (!found) throw usageError(`--fail-on ${JSON.stringify(text)}: there are ${SEVERITIES.join(", ")}`, "scan");
  return found;
}

function render(
  format: "table" | "json" | "sarif" | "csv" | "html",
  snapshot: ClusterSnapshot,
  { summary, findings }: ScanAnalysis,
): string {
  switch (format) {
    case "json":
      return toJson({
        cluster: {
          name: snapshot.clusterName,
          version: summary.version,
          platform: summary.platform,
          collectedAt: snapshot.collectedAt,
          source: snapshot.source,
        },
        coverage: {
          kindsRead: summary.completeness.kindsRead,
          kindsNeeded: summary.completeness.kindsNeeded,
          gaps: summary.completeness.gaps,
          skipped: summary.skipped,
          assumptions: summary.assumptions,
        },
        topics: summary.topics,
        findings,
      });
    case "sarif":
      return toJson(findingsSarif(snapshot, findings));
    case "csv":
      return findingsCsv(findings);
    case "html":
      return findingsHtml(snapshot, summary, findings);
    case "table":
      return renderTable(summary, findings);
  }
}

function renderTable(
  { sentence, completeness, topics, assumptions }: ScanAnalysis["summary"],
  findings: readonly Finding[],
): string {
  const lines = [
    toVisibleText(sentence),
    `${completeness.kindsRead} of ${completeness.kindsNeeded} kinds read`,
    ...completeness.gaps.map((gap) => `not read: ${toVisibleText(gap.sentence)}`),
  ];
  const later = topics.filter(({ mark }) => mark === "not-built").map(({ topic }) => topic);
  if (later.length > 0) lines.push(`not looked at by this version: ${later.join(", ")}`);
  const rows = findings.map(({ severity, check, sentence: text, chain }) => [
    severity,
    check,
    text,
    chain
      .filter(({ tone }) => tone === "cut")
      .map(({ label, title }) => `${label} ${title}`)
      .join(", "),
  ]);
  const table =
    rows.length > 0 ? `\n${formatTable(["SEVERITY", "CHECK", "FINDING", "GIVEN BY"], rows)}` : "\nNo findings.\n";
  return `${lines.join("\n")}\n${table}${assumptions.map((text) => `\nassumed: ${toVisibleText(text)}`).join("")}${assumptions.length > 0 ? "\n" : ""}`;
}
