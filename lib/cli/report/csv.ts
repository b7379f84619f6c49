import type { Finding } from "../../model/finding.ts";
import { toCsv } from "../../analysis/csv.ts";

/** Findings as CSV, one row each, worst first. */
export function findingsCsv(findings: readonly Finding[]): string {
  return toCsv(
    ["severity", "check", "topic", "subject", "sentence", "path", "fix", "fingerprint"],
    findings.map(({ severity, check, topic, subject, sentence, chain, fix, fingerprint }) => [
      severity,
      check,
      topic,
      subject ?? "",
      sentence,
      chain.map(({ label, title }) => `${label} ${title}`).join(" > "),
      fix,
      fingerprint,
    ]),
  );
}
