import { Badge } from "#components/ui/badge.tsx";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { ObjectName } from "#components/ui/object-name.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import type { RoleRow } from "#lib/contracts/access.ts";

export const ROLE_COLUMNS: readonly DataTableColumn<RoleRow>[] = [
  {
    id: "risk",
    header: "Risk",
    phone: "bare",
    sortable: true,
    hideable: false,
    className: "w-28",
    cell: (row) => <RiskMark severity={row.severity} />,
  },
  {
    id: "name",
    header: "Role",
    sortable: true,
    firstOrder: "asc",
    hideable: false,
    phone: "head",
    className: "max-w-[28rem]",
    cell: (row) => <ObjectName kind={row.ref.kind} namespace={row.ref.namespace} name={row.ref.name} copyable />,
  },
  {
    id: "signs",
    header: "Signs",
    phone: "head",
    cell: (row) => (
      <span className="flex flex-wrap gap-1">
        {row.wildcard && <Badge tone="high">uses *</Badge>}
        {row.aggregated && <Badge>aggregated</Badge>}
        {row.bindings === 0 && <Badge>not bound</Badge>}
        {row.origin === "system" && <Badge>Kubernetes</Badge>}
      </span>
    ),
  },
  {
    id: "rules",
    header: "Rules",
    sortable: true,
    align: "end",
    className: "w-20",
    cell: (row) => row.rules.toLocaleString("en"),
  },
  {
    id: "bindings",
    header: "Bindings",
    sortable: true,
    align: "end",
    className: "w-24",
    cell: (row) => row.bindings.toLocaleString("en"),
  },
  {
    id: "subjects",
    header: "Subjects",
    sortable: true,
    align: "end",
    className: "w-24",
    cell: (row) => row.subjects.toLocaleString("en"),
  },
];
