import type { Finding } from "../../model/finding.ts";
import type { Severity } from "../../model/severity.ts";

/** A finding with every optional field and hostile text. */
export function aStoredFinding(fingerprint: string, severity: Severity = "high"): Finding {
  return {
    fingerprint,
    check: "POD_EXEC",
    topic: "access",
    severity,
    sentence: `${fingerprint} may run commands <b>anywhere</b>`,
    subject: "Group:__proto__",
    object: { group: "", kind: "Pod", namespace: "shop", name: "cart" },
    chain: [{ label: "binding", title: "ci", tone: "cut", detail: "a\u202Eb", subject: "User:=cmd()" }],
    fix: "Remove the binding.",
  };
}
