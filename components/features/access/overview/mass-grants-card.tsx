import { Card } from "#components/ui/card.tsx";
import { objectKey } from "#components/ui/object-key.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { plural } from "#components/ui/plural.ts";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { RoleStateBadge } from "#components/ui/role-state-badge.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { AccessOverview, MassGrant } from "#lib/contracts/access-overview.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { accessHref } from "./access-href.ts";
import { CountLink, MissingNote, NothingFound } from "./card-parts.tsx";

/** Bindings to subjects that nobody chooses to be. */
export function MassGrantsCard({ clusterId, count, grants, missing }: AccessOverview["massGrants"] & Cluster) {
  return (
    <Card title="Granted to everybody" completeness={<MissingNote missing={missing} />}>
      {grants.length === 0 ? (
        <NothingFound missing={missing}>Only what Kubernetes itself grants to everybody.</NothingFound>
      ) : (
        <ul>
          {grants.map((grant) => (
            <li
              key={`${objectKey(grant.binding)} ${formatSubject(grant.subject)}`}
              className="flex flex-col gap-1 border-b border-line px-3.5 py-2.5 last:border-b-0"
            >
              <GrantLine clusterId={clusterId} grant={grant} />
            </li>
          ))}
        </ul>
      )}
      {count > grants.length && (
        <p className="border-t border-line px-3.5 py-2 text-sm text-ink-3">
          The worst {grants.length.toLocaleString("en")} of {count.toLocaleString("en")}.{" "}
          <CountLink href={accessHref(clusterId, { tab: "bindings", search: "system:", origin: "custom" })}>
            Bindings that name system: subjects
          </CountLink>
        </p>
      )}
    </Card>
  );
}

type Cluster = { readonly clusterId: string };

function GrantLine({ clusterId, grant }: Cluster & { readonly grant: MassGrant }) {
  const { binding, role, roleState, rules, severity, sentence, subject } = grant;
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        <RiskMark
          severity={severity}
          incomplete={roleState === "unreadable"}
          iconOnly={severity === null && roleState !== "unreadable"}
        />
        <SubjectName subject={subject} clusterId={clusterId} wrap />
        <Reach clusterId={clusterId} grant={grant} />
      </div>
      <p className="text-ink-2 [overflow-wrap:anywhere]">
        {sentence === null ? (
          <NoWay grant={grant} />
        ) : (
          <>
            <VisibleText text={sentence} />.
          </>
        )}
      </p>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-0.5 text-sm text-ink-3">
        <span className="inline-flex max-w-full min-w-0 items-baseline gap-1.5">
          by
          <ObjectLink clusterId={clusterId} object={binding} wrap />
        </span>
        <span className="inline-flex max-w-full min-w-0 items-baseline gap-1.5">
          gives
          <ObjectLink clusterId={clusterId} object={role} show={[]} linked={roleState === "found"} wrap />
          {roleState === "found" && <span className="whitespace-nowrap">({plural(rules, "rule")})</span>}
        </span>
        <RoleStateBadge state={roleState} />
      </div>
    </>
  );
}

function NoWay({ grant: { roleState } }: { readonly grant: MassGrant }) {
  switch (roleState) {
    case "found":
      return "None of the known ways to escalate, but everybody gets it.";
    case "unreadable":
      return "What it gives is not known: its role could not be read.";
    case "missing":
    case "invalid":
      return "Gives nothing as long as its role does not exist.";
  }
}

/** Who is behind the subject, in words, with the list of the accounts. */
function Reach({ clusterId, grant: { breadth, accounts, accountsIn } }: Cluster & { readonly grant: MassGrant }) {
  const list = accessHref(clusterId, { kind: "ServiceAccount", namespace: accountsIn ?? "" });
  const known = accounts !== null && <CountLink href={list}>{plural(accounts, "account")}</CountLink>;
  switch (breadth) {
    case "anyone":
      return <span className="text-sm text-ink-3">anyone who reaches the API server, without a credential</span>;
    case "everyone":
      return <span className="text-sm text-ink-3">every user, and every pod{known && <>: {known}</>}</span>;
    case "every-account":
      return <span className="text-sm text-ink-3">every pod{known && <>: {known}</>}</span>;
    case "namespace":
      return <span className="text-sm text-ink-3">every pod of the namespace{known && <>: {known}</>}</span>;
  }
}
