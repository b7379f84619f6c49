import { Badge } from "#components/ui/badge.tsx";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { scopeText } from "#components/ui/scope-text.ts";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SubjectRow } from "#lib/contracts/access.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";

const CAPABILITIES_SHOWN = 2;

export function subjectColumns(clusterId: string): readonly DataTableColumn<SubjectRow>[] {
  return [
    {
      id: "risk",
      header: "Risk",
      phone: "bare",
      sortable: true,
      hideable: false,
      className: "w-28",
      cell: (row) => (
        <RiskMark severity={row.severity} incomplete={row.incomplete} isSystem={row.origin === "system"} />
      ),
    },
    {
      id: "name",
      header: "Subject",
      sortable: true,
      firstOrder: "asc",
      hideable: false,
      phone: "head",
      className: "max-w-72 xl:max-w-96",
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-x-2 max-md:flex-wrap">
          <SubjectName subject={row.subject} clusterId={clusterId} copyable />
          {!row.exists && <Badge tone="medium">does not exist</Badge>}
          {row.origin === "system" && <Badge>Kubernetes</Badge>}
        </span>
      ),
    },
    { id: "can", header: "Can", phone: "head", cell: (row) => <Capabilities row={row} /> },
    {
      id: "bindings",
      header: "Bindings",
      sortable: true,
      align: "end",
      className: "w-24",
      cell: (row) => row.bindings.toLocaleString("en"),
    },
    {
      id: "pods",
      header: "Pods",
      sortable: true,
      align: "end",
      className: "w-20",
      cell: (row) =>
        row.subject.kind === "ServiceAccount" ? row.pods.toLocaleString("en") : <span className="text-ink-3">–</span>,
    },
  ];
}

function Capabilities({ row }: { readonly row: SubjectRow }) {
  if (row.capabilities.length === 0) {
    return (
      <span className="text-ink-3">
        {row.incomplete ? "not known: its rights could not all be read" : "nothing that leads further"}
      </span>
    );
  }
  const rest = row.capabilities.slice(CAPABILITIES_SHOWN);
  return (
    <span className="flex items-center gap-1 max-md:flex-wrap">
      {row.capabilities.slice(0, CAPABILITIES_SHOWN).map((capability) => (
        <Badge
          key={capability.id}
          tone={capability.state !== "proven" || capability.expected ? "neutral" : capability.severity}
        >
          {capability.name}
          {capability.state !== "proven" && (
            <span className="font-normal text-ink-3" title={toVisibleText(capability.reason ?? "")}>
              {capability.state}
            </span>
          )}
          <span className="font-normal">
            <VisibleText text={scopeText(capability.scope)} />
          </span>
        </Badge>
      ))}
      {rest.length > 0 && (
        <span
          className="text-sm whitespace-nowrap text-ink-3"
          title={rest.map(({ name, state }) => (state === "proven" ? name : `${name} (${state})`)).join(", ")}
        >
          +{rest.length} more
        </span>
      )}
    </span>
  );
}
