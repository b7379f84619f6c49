import { createHash } from "node:crypto";
import { KORDON_VERSION } from "../../config/version.ts";
import { ESCALATION_EDGES } from "../../engines/escalation/index.ts";
import type { Finding } from "../../model/finding.ts";
import type { Severity } from "../../model/severity.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};
/** What code scanning services sort by. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.0", low: "2.0" };

/**
 * Findings as SARIF 2.1.0 with logical locations: a cluster's objects have no files.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function findingsSarif(snapshot: ClusterSnapshot, findings: readonly Finding[]): object {
  const used = new Set(findings.map(({ check }) => check));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Kordon",
            version: KORDON_VERSION,
            rules: ESCALATION_EDGES.filter(({ id }) => used.has(id)).map(
              ({ id, name, gives, fix, source, technique }) => ({
                id,
                name,
                shortDescription: { text: name },
                fullDescription: { text: gives },
                help: { text: fix },
                helpUri: source,
                properties: { tags: ["security", "rbac", technique] },
              }),
            ),
          },
        },
        results: findings.map(({ check, severity, sentence, subject, chain, fingerprint }) => ({
          ruleId: check,
          level: LEVELS[severity],
          message: { text: `${sentence}. ${chain.map(({ label, title }) => `${label} ${title}`).join(" → ")}` },
          locations: [
            {
              logicalLocations: [
                {
                  fullyQualifiedName: `${snapshot.clusterName}/${subject ?? ""}`,
                  name: subject ?? "",
                  kind: "resource",
                },
              ],
            },
          ],
          partialFingerprints: { "kordon/v1": createHash("sha256").update(fingerprint).digest("hex") },
          properties: { "security-severity": SCORES[severity] },
        })),
      },
    ],
  };
}
