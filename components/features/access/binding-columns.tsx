import { Badge } from "#components/ui/badge.tsx";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { ObjectName } from "#components/ui/object-name.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { RoleStateBadge } from "#components/ui/role-state-badge.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import type { BindingRow } from "#lib/contracts/access.ts";

export function bindingColumns(clusterId: string): readonly DataTableColumn<BindingRow>[] {
  return [
    {
      id: "risk",
      header: "Risk",
      phone: "bare",
      sortable: true,
      hideable: false,
      className: "w-28",
      cell: (row) => <RiskMark severity={row.severity} incomplete={row.roleState === "unreadable"} />,
    },
    {
      id: "name",
      header: "Binding",
      sortable: true,
      firstOrder: "asc",
      hideable: false,
      phone: "head",
      className: "max-w-80",
      cell: (row) => <ObjectName kind={row.ref.kind} namespace={row.ref.namespace} name={row.ref.name} copyable />,
    },
    {
      id: "role",
      header: "Gives",
      sortable: true,
      firstOrder: "asc",
      phone: "head",
      className: "max-w-72",
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-x-2 max-md:flex-wrap">
          <ObjectLink clusterId={clusterId} object={row.roleRef} show={["kind"]} linked={row.roleState === "found"} />
          <RoleStateBadge state={row.roleState} />
        </span>
      ),
    },
    {
      id: "subjects",
      header: "To",
      sortable: true,
      phone: "head",
      className: "max-w-80",
      cell: (row) => <Subjects clusterId={clusterId} row={row} />,
    },
  ];
}

function Subjects({ clusterId, row }: { readonly clusterId: string; readonly row: BindingRow }) {
  const [first] = row.subjects;
  if (!first) return <Badge>nobody</Badge>;
  return (
    <span className="flex min-w-0 items-center gap-x-2 max-md:flex-wrap">
      <SubjectName subject={first} clusterId={clusterId} />
      {row.subjectCount > 1 && <span className="shrink-0 text-sm text-ink-3">and {row.subjectCount - 1} more</span>}
      {row.missingSubjects > 0 && <Badge tone="medium">{row.missingSubjects} missing</Badge>}
    </span>
  );
}
