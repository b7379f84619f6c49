import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { plural } from "#components/ui/plural.ts";
import { ProofChain } from "#components/ui/proof-chain.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SeverityMark, severityWord } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterOverview } from "#lib/contracts/clusters.ts";
import { SEVERITIES } from "#lib/model/severity.ts";

export function TopRisksCard({ overview }: { readonly overview: ClusterOverview }) {
  const { cluster, topRisks, unverified, findings } = overview;
  const access = `/clusters/${cluster.id}/access`;
  return (
    <Card title="Top risks" completeness={<CoverageNote completeness={cluster.completeness} />}>
      {topRisks.length === 0 ? (
        <NoRisks complete={cluster.completeness?.gaps.length === 0} />
      ) : (
        <ol>
          {topRisks.map((risk) => (
            <li key={risk.fingerprint} className="border-b border-line p-3.5 last:border-b-0">
              <div className="mb-2.5">
                <RiskLine risk={risk} access={access} />
              </div>
              <ProofChain
                label={`Proof: ${risk.sentence}`}
                hops={risk.chain.map(({ subject, ...hop }) => ({
                  ...hop,
                  ...(subject === undefined ? {} : { href: `${access}/${encodeURIComponent(subject)}` }),
                }))}
              />
            </li>
          ))}
        </ol>
      )}
      {unverified.count > 0 && (
        <section aria-labelledby="unverified-risks" className="border-t border-line px-3.5 py-3">
          <h3 id="unverified-risks" className="text-md font-medium">
            {plural(unverified.count, "earlier finding")} could not be checked again
          </h3>
          <p className="mt-0.5 mb-2.5 text-sm text-ink-3">
            An earlier scan proved {unverified.count === 1 ? "it" : "them"}; this one could not read everything that{" "}
            {unverified.count === 1 ? "it needs" : "they need"}.
          </p>
          <ul className="flex flex-col gap-2">
            {unverified.risks.map((risk) => (
              <li key={risk.fingerprint}>
                <RiskLine risk={risk} access={access} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-3.5 py-2 text-sm">
        <span className="text-ink-3">All findings</span>
        {SEVERITIES.map((severity) => (
          <Link
            key={severity}
            href={`${access}?severity=${severity}`}
            className="inline-flex min-h-6 items-center rounded-r1 underline-offset-2 hover:underline"
          >
            <SeverityMark
              level={findings[severity] > 0 ? severity : "none"}
              label={`${findings[severity].toLocaleString("en")} ${severityWord(severity).toLowerCase()}`}
            />
          </Link>
        ))}
      </div>
    </Card>
  );
}

function RiskLine({ risk, access }: { readonly risk: ClusterOverview["topRisks"][number]; readonly access: string }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
      <SeverityMark level={risk.severity} />
      <Link
        href={`${access}/${encodeURIComponent(risk.subject)}`}
        className="min-w-0 flex-1 basis-64 rounded-r1 text-md font-medium [overflow-wrap:anywhere] underline-offset-2 hover:underline"
      >
        <VisibleText text={risk.sentence} />
      </Link>
      <span className="text-sm text-ink-3">
        {risk.isNew ? <Badge tone="accent">new</Badge> : <RelativeTime at={risk.firstSeenAt} ago />}
      </span>
    </div>
  );
}

function NoRisks({ complete }: { readonly complete: boolean }) {
  return (
    <EmptyState icon={<ShieldCheck aria-hidden="true" />} title="No known way to take over this cluster was found">
      {complete
        ? "Every kind that Kordon needs was read."
        : "Not everything could be read, so there may be ways that do not show here."}
    </EmptyState>
  );
}
