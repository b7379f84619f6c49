"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { DownloadLink } from "#components/ui/download-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { permissionsCsvPath, permissionsQuery } from "#lib/client/queries/access.ts";
import type { SubjectDetail } from "#lib/contracts/access.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { permissionColumns } from "./permission-columns.tsx";
import { PermissionPanel } from "./permission-panel.tsx";
import { usePermissionsQuery } from "./use-permissions-query.ts";

export type PermissionsCardProps = {
  readonly clusterId: string;
  readonly subjectId: string;
  readonly detail: SubjectDetail;
};

const SORTS = ["risk", "resources", "verbs", "scope"] as const;

/** Everything it may do, merged over the namespaces that give the same; each row opens its grants. */
export function PermissionsCard({ clusterId, subjectId, detail }: PermissionsCardProps) {
  const { query, setFilter, setPage, clear } = usePermissionsQuery();
  const [open, setOpen] = useQueryState("open", parseAsString.withOptions({ history: "push" }));
  const { data, error, isPlaceholderData, refetch } = useQuery(permissionsQuery(clusterId, subjectId, query));
  return (
    <Card
      title="Effective permissions"
      completeness={data && `${data.total.toLocaleString("en")} of ${data.all.toLocaleString("en")}`}
    >
      <div data-print="hide" className="flex flex-wrap items-center gap-2 border-b border-line px-3.5 py-2.5">
        <SearchField
          label="Filter verbs and resources"
          value={query.search}
          onValueChange={(search) => setFilter({ search })}
          className="w-60 max-md:w-full"
        />
        <Switch
          checked={query.dangerous === "yes"}
          onChange={(event) => setFilter({ dangerous: event.target.checked ? "yes" : "" })}
        >
          Only what leads further
        </Switch>
        <Select
          label="Where"
          hideLabel
          value={query.scope}
          onValueChange={(scope) => setFilter({ scope })}
          options={scopeOptions(detail.scopes, query.scope)}
          className="w-48"
        />
        <span className="ml-auto">
          <DownloadLink href={permissionsCsvPath(clusterId, subjectId, query)}>CSV</DownloadLink>
        </span>
      </div>
      {!data && error && <QueryError error={error} what="The permissions" onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={6} label="Loading permissions" />}
      {data?.items.length === 0 &&
        (data.all > 0 ? (
          <EmptyState
            title={`None of ${data.all.toLocaleString("en")} permissions matches`}
            actions={<Button onClick={clear}>Clear the filter</Button>}
          />
        ) : (
          <EmptyState title={detail.row.incomplete ? "No permission could be read" : "It may do nothing"}>
            {detail.row.incomplete
              ? "That does not mean that it has none."
              : "No binding that was read gives it a right."}
          </EmptyState>
        ))}
      {data && data.items.length > 0 && (
        <>
          <DataTable
            label="Effective permissions"
            columns={permissionColumns(detail.row.origin === "system")}
            rows={data.items}
            rowId={(row) => row.id}
            rowLabel={(row) => `why it may ${row.verbs.join(", ")} ${row.resources.join(", ")}`}
            onOpen={(row) => void setOpen(row.id)}
            selectedId={open}
            sort={{ id: query.sort, order: query.order }}
            onSort={({ id, order }) => {
              const sort = SORTS.find((candidate) => candidate === id);
              if (sort) setFilter({ sort, order });
            }}
            stale={isPlaceholderData}
          />
          <Pagination
            page={data.page}
            pageSize={data.pageSize}
            total={data.total}
            onPage={setPage}
            noun="permissions"
          />
        </>
      )}
      <PermissionPanel
        clusterId={clusterId}
        row={data?.items.find((row) => row.id === open) ?? null}
        holder={detail.row.subject}
        onClose={() => void setOpen(null)}
      />
    </Card>
  );
}

function scopeOptions(scopes: readonly string[], current: string) {
  const options = scopes.map((scope) =>
    scope === "" ? { value: "cluster", label: "Whole cluster" } : { value: `ns:${scope}`, label: toVisibleText(scope) },
  );
  const known = current === "" || options.some((option) => option.value === current);
  return [
    { value: "", label: "Everywhere" },
    ...(known ? [] : [{ value: current, label: toVisibleText(current) }]),
    ...options,
  ];
}
