import { Card } from "#components/ui/card.tsx";
import { plural } from "#components/ui/plural.ts";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { AccessOverview } from "#lib/contracts/access-overview.ts";
import { accessHref } from "./access-href.ts";
import { CountLink, MissingNote, NothingFound } from "./card-parts.tsx";

/** Accounts that pods run as when they name none. */
export function DefaultAccountsCard({
  clusterId,
  count,
  accounts,
  missing,
}: AccessOverview["defaultAccounts"] & { readonly clusterId: string }) {
  return (
    <Card title="Default accounts with rights of their own" completeness={<MissingNote missing={missing} />}>
      {accounts.length === 0 ? (
        <NothingFound missing={missing}>
          No account named default holds more than everybody does. Pods that name no account get nothing extra.
        </NothingFound>
      ) : (
        <ul>
          {accounts.map((row) => (
            <li key={row.id} className="flex flex-col gap-1 border-b border-line px-3.5 py-2.5 last:border-b-0">
              <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
                <RiskMark severity={row.severity} incomplete={row.incomplete} />
                <SubjectName subject={row.subject} clusterId={clusterId} wrap />
                <span className="text-sm text-ink-3">
                  {row.pods === 0
                    ? "no pod runs as it"
                    : `${plural(row.pods, "pod")} ${row.pods === 1 ? "runs" : "run"} as it`}
                </span>
              </div>
              <p className="text-ink-2 [overflow-wrap:anywhere]">
                <VisibleText text={row.sentence} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {accounts.length > 0 && (
        <p className="border-t border-line px-3.5 py-2 text-sm text-ink-3">
          {count > accounts.length ? (
            <CountLink href={accessHref(clusterId, { kind: "ServiceAccount", search: "/default" })}>
              All {count.toLocaleString("en")} of them, among the other default accounts
            </CountLink>
          ) : (
            "Every pod that names no account runs as the default one of its namespace."
          )}
        </p>
      )}
    </Card>
  );
}
