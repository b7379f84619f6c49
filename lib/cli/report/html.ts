import type { ScanSummary } from "../../analysis/summary.ts";
import type { Finding } from "../../model/finding.ts";
import type { ClusterSnapshot } from "../../model/snapshot.ts";
import { toVisibleText } from "../../model/visible-text.ts";

const STYLE = `:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;max-width:1100px;margin:32px auto;padding:0 16px}
h1{font-size:22px;margin:0 0 4px}table{width:100%;border-collapse:collapse;margin-top:20px}th,td{text-align:left;padding:8px 10px;border-bottom:1px solid #8884;vertical-align:top}
th{font-weight:500}code{font-family:ui-monospace,monospace;font-size:.92em}.critical{color:#b3261e}.high{color:#c2560a}p,small{color:#667}`;

/** Findings as one file that needs no server and runs no script. Every text is escaped; a strict policy stands in the file. */
export function findingsHtml(snapshot: ClusterSnapshot, summary: ScanSummary, findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ severity, check, sentence, chain, fix }) =>
      `<tr><td class="${severity}">${severity}</td><td>${text(sentence)}<br><small>${chain.map(({ label, title }) => `${text(label)} <code>${text(title)}</code>`).join(" → ")}</small></td><td><code>${text(check)}</code></td><td>${text(fix)}</td></tr>`,
  );
  const gaps = summary.completeness.gaps.map(({ sentence }) => `<li>${text(sentence)}</li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(snapshot.clusterName)} · Kordon</title><style>${STYLE}</style></head>
<body><h1>${text(summary.sentence)}</h1>
<p>${text(snapshot.clusterName)} · ${text(summary.version ?? "version not known")} · read ${text(snapshot.collectedAt)} · ${summary.completeness.kindsRead} of ${summary.completeness.kindsNeeded} kinds read</p>
${gaps.length > 0 ? `<p>Not read:</p><ul>${gaps.join("")}</ul>` : ""}
${rows.length > 0 ? `<table><thead><tr><th>Severity</th><th>Finding</th><th>Check</th><th>Fix</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>` : "<p>No findings.</p>"}
</body></html>
`;
}

function text(value: string): string {
  return toVisibleText(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
