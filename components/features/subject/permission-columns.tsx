import { Fragment } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { ObjectName } from "#components/ui/object-name.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { scopeText, scopeTitle } from "#components/ui/scope-text.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PermissionRow } from "#lib/contracts/access.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";

/** More than these make one row taller than a screen; all of them stand in its panel. */
const SHOWN_RESOURCES = 8;

/** The columns of the rules of a subject; Kubernetes' own subjects are strong by default, which is no finding but not nothing. */
export function permissionColumns(isSystem: boolean): readonly DataTableColumn<PermissionRow>[] {
  return isSystem ? SYSTEM_COLUMNS : COLUMNS;
}

const columnsOf = (isSystem: boolean): readonly DataTableColumn<PermissionRow>[] => [
  {
    id: "risk",
    header: "Risk",
    phone: "bare",
    sortable: true,
    className: "w-16",
    cell: (row) =>
      row.inert === null ? <RiskMark severity={row.severity} isSystem={isSystem} iconOnly /> : <Badge>no effect</Badge>,
  },
  {
    id: "verbs",
    header: "Verbs",
    sortable: true,
    firstOrder: "asc",
    className: "w-1/4",
    phone: "head",
    cell: (row) => (
      <span className="font-mono text-[0.78125rem] font-medium [overflow-wrap:anywhere]">
        <VisibleText text={row.verbs.join(", ")} />
      </span>
    ),
  },
  {
    id: "resources",
    header: "Resources",
    sortable: true,
    firstOrder: "asc",
    phone: "head",
    cell: (row) => (
      <span className="font-mono text-[0.78125rem] [overflow-wrap:anywhere]">
        {row.resources.slice(0, SHOWN_RESOURCES).map((resource, index, shown) => (
          <Fragment key={resource}>
            {index > 0 && " "}
            <span className="inline-block max-w-full">
              <VisibleText text={resource} breakable />
              {index < shown.length - 1 && ","}
            </span>
          </Fragment>
        ))}
        {row.resources.length > SHOWN_RESOURCES && (
          <span className="font-sans text-sm whitespace-nowrap text-ink-3">
            {" "}
            and {(row.resources.length - SHOWN_RESOURCES).toLocaleString("en")} more
          </span>
        )}
        {row.nonResource && row.resources.includes("*") && (
          <span className="font-sans text-sm text-ink-3"> every URL</span>
        )}
        {row.resourceNames.length > 0 && (
          <span className="text-ink-3">
            {" "}
            only <VisibleText text={row.resourceNames.join(", ")} />
          </span>
        )}
      </span>
    ),
  },
  {
    id: "scope",
    header: "Where",
    sortable: true,
    firstOrder: "asc",
    className: "max-w-56",
    cell: (row) => (
      <span className="block truncate" title={toVisibleText(scopeTitle(row.scope))}>
        <VisibleText text={scopeText(row.scope)} />
      </span>
    ),
  },
  {
    id: "grants",
    header: "Granted by",
    className: "max-w-72",
    cell: (row) => {
      const [first] = row.grants;
      if (!first) return null;
      return (
        <span className="flex min-w-0 items-baseline gap-1.5">
          <ObjectName kind={first.binding.kind} name={first.binding.name} />
          {row.grants.length > 1 && <span className="shrink-0 text-sm text-ink-3">+{row.grants.length - 1}</span>}
        </span>
      );
    },
  },
];

const COLUMNS = columnsOf(false);
const SYSTEM_COLUMNS = columnsOf(true);
