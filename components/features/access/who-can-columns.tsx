import { Badge } from "#components/ui/badge.tsx";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { GrantLine } from "#components/ui/grant-line.tsx";
import { plural } from "#components/ui/plural.ts";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import type { WhoCanPage } from "#lib/contracts/access.ts";

export type WhoCanRow = WhoCanPage["items"][number];

export function whoCanColumns(clusterId: string): readonly DataTableColumn<WhoCanRow>[] {
  return [
    {
      id: "name",
      header: "Subject",
      phone: "head",
      className: "max-w-md",
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-x-2 max-md:flex-wrap">
          <SubjectName subject={row.subject} clusterId={clusterId} copyable />
          {!row.exists && <Badge tone="medium">does not exist</Badge>}
          {row.origin === "system" && <Badge>Kubernetes</Badge>}
          {row.members !== null && row.members > 0 && <Badge>{plural(row.members, "service account")}</Badge>}
        </span>
      ),
    },
    {
      id: "grant",
      header: "Because",
      phone: "head",
      cell: (row) => {
        const [first, ...others] = row.grants;
        if (!first) return <span className="text-ink-3">no grant named</span>;
        return (
          <span className="flex flex-wrap items-baseline gap-x-2 py-1">
            <GrantLine clusterId={clusterId} grant={first} holder={row.subject} />
            {others.length > 0 && <span className="text-sm text-ink-3">and {others.length} more</span>}
          </span>
        );
      },
    },
    {
      id: "risk",
      header: "Its own risk",
      className: "w-28",
      cell: (row) => <RiskMark severity={row.severity} isSystem={row.origin === "system"} />,
    },
  ];
}
