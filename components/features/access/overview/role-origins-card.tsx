import { Card } from "#components/ui/card.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { SeverityMark, SeverityShape, severityWord } from "#components/ui/severity-mark.tsx";
import type { AccessOverview, RoleOrigin } from "#lib/contracts/access-overview.ts";
import { accessHref } from "./access-href.ts";
import { CountLink, MissingNote, NothingFound } from "./card-parts.tsx";

/** Whose roles these are: told by label or name, grouped, none left out. */
export function RoleOriginsCard({
  clusterId,
  groups,
  missing,
}: AccessOverview["origins"] & { readonly clusterId: string }) {
  return (
    <Card title="Who made the roles" completeness={<MissingNote missing={missing} />}>
      {groups.length === 0 ? (
        <NothingFound missing={missing}>This cluster has no roles.</NothingFound>
      ) : (
        <>
          <table className="w-full text-left">
            <thead className="text-sm text-ink-3">
              <tr className="border-b border-line">
                <th scope="col" className="h-8 pr-2 pl-3.5 font-medium">
                  Made by
                </th>
                <th scope="col" className="px-2 text-right font-medium">
                  Roles
                </th>
                <th scope="col" className="px-2 text-right font-medium">
                  Not bound
                </th>
                <th scope="col" className="pr-3.5 pl-2 font-medium">
                  Worst
                </th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <OriginRow key={group.id} clusterId={clusterId} group={group} complete={missing.length === 0} />
              ))}
            </tbody>
          </table>
          <p className="border-t border-line px-3.5 py-2 text-sm text-ink-3">
            Told by label or name, which anybody may choose; only the label of Kubernetes’ own is put back by the API
            server.
          </p>
        </>
      )}
    </Card>
  );
}

function OriginRow({
  clusterId,
  group: { id, label, roles, unbound, severity, worstRoles },
  complete,
}: {
  readonly clusterId: string;
  readonly group: RoleOrigin;
  readonly complete: boolean;
}) {
  const words = severity && `${worstRoles.toLocaleString("en")} ${severityWord(severity).toLowerCase()}`;
  const worst =
    severity === null || words === null ? (
      <RiskMark severity={null} incomplete={!complete} />
    ) : id === "kubernetes" ? (
      // What Kubernetes ships is strong on purpose: no colour for it, and the words may wrap.
      <span className="flex items-baseline gap-1.5 text-ink-3">
        <SeverityShape level="none" />
        {words}, by default
      </span>
    ) : (
      <SeverityMark level={severity} label={words} />
    );
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className="h-[38px] pr-2 pl-3.5 font-normal">
        {label}
      </th>
      <td className="px-2 text-right">
        <CountLink href={accessHref(clusterId, { tab: "roles", from: id })}>{roles.toLocaleString("en")}</CountLink>
      </td>
      <td className="px-2 text-right">
        {unbound === 0 ? (
          <span className="text-ink-3">0</span>
        ) : (
          <CountLink href={accessHref(clusterId, { tab: "roles", from: id, use: "unbound" })}>
            {unbound.toLocaleString("en")}
          </CountLink>
        )}
      </td>
      <td className="py-1 pr-3.5 pl-2">{worst}</td>
    </tr>
  );
}
