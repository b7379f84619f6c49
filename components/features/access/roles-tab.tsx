"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { FilterChips } from "#components/ui/filter-chips.tsx";
import { objectKey } from "#components/ui/object-key.ts";
import { Pagination } from "#components/ui/pagination.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TableOptions } from "#components/ui/table-options.tsx";
import { useTableView } from "#components/ui/use-table-view.ts";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { rolesQuery } from "#lib/client/queries/access.ts";
import type { RolesPage } from "#lib/contracts/access.ts";
import { AccessTabs } from "./access-tabs.tsx";
import { ListCard } from "./list-card.tsx";
import { NothingMatches } from "./nothing-matches.tsx";
import { ROLE_COLUMNS } from "./role-columns.tsx";
import { RolePanel } from "./role-panel.tsx";
import { useRolesQuery } from "./use-roles-query.ts";

const SORTS = ["risk", "name", "namespace", "rules", "bindings", "subjects"] as const;
const KINDS = [
  { value: "ClusterRole", label: "ClusterRoles" },
  { value: "Role", label: "Roles" },
] as const;
const USES = [
  { value: "bound", label: "In use" },
  { value: "unbound", label: "Not bound" },
] as const;
const ORIGINS = [
  { value: "custom", label: "Beyond Kubernetes" },
  { value: "system", label: "Kubernetes itself" },
] as const;

/** Everybody who made a role of this cluster, and the one that is chosen, whether it made any or not. */
function makerOptions(makers: RolesPage["makers"], chosen: string) {
  const known = chosen === "" || makers.some(({ value }) => value === chosen);
  return [
    { value: "", label: "Made by anyone" },
    ...(known ? [] : [{ value: chosen, label: chosen }]),
    ...makers.map(({ value, label, count }) => ({ value, label: `${label} (${count})` })),
  ];
}

export function RolesTab({ clusterId }: { readonly clusterId: string }) {
  const { query, setFilter, setPage, clear } = useRolesQuery();
  const [open, setOpen] = useQueryState("open", parseAsString.withOptions({ history: "push" }));
  const view = useTableView();
  const { data, error, isPlaceholderData, refetch } = useQuery(rolesQuery(clusterId, query));
  return (
    <>
      <VerdictHeader
        title={data ? <VisibleText text={data.sentence} /> : "The roles of this cluster"}
        context="The risk of a role is what it would give to whoever is bound to it."
      />
      <AccessTabs clusterId={clusterId} current="roles" />
      <ListCard
        filters={
          <>
            <SearchField
              label="Filter by name"
              value={query.search}
              onValueChange={(search) => setFilter({ search })}
              className="w-52 max-md:w-full"
            />
            <Select
              label="Made by"
              hideLabel
              value={query.from}
              onValueChange={(from) => setFilter({ from })}
              options={makerOptions(data?.makers ?? [], query.from)}
              className="w-48 max-md:flex-1"
            />
          </>
        }
        chips={
          <>
            <FilterChips
              label="Kind"
              value={query.kind}
              onValueChange={(kind) => setFilter({ kind })}
              options={KINDS}
            />
            <FilterChips label="Use" value={query.use} onValueChange={(use) => setFilter({ use })} options={USES} />
            <FilterChips
              label="Origin"
              value={query.origin}
              onValueChange={(origin) => setFilter({ origin })}
              options={ORIGINS}
            />
          </>
        }
        tools={
          <>
            {data && <CoverageNote completeness={data.completeness} />}
            <TableOptions columns={ROLE_COLUMNS} {...view} />
          </>
        }
      >
        {!data && error && <QueryError error={error} what="The roles" onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={14} label="Loading roles" />}
        {data?.items.length === 0 && (
          <NothingMatches noun="roles" all={data.all} incomplete={data.completeness.gaps.length > 0} onClear={clear} />
        )}
        {data && data.items.length > 0 && (
          <>
            <DataTable
              label="Roles"
              columns={ROLE_COLUMNS}
              rows={data.items}
              rowId={(row) => objectKey(row.ref)}
              rowLabel={(row) => `${row.ref.kind} ${row.ref.name}`}
              onOpen={(row) => void setOpen(objectKey(row.ref))}
              selectedId={open}
              sort={{ id: query.sort, order: query.order }}
              onSort={({ id, order }) => {
                const sort = SORTS.find((candidate) => candidate === id);
                if (sort) setFilter({ sort, order });
              }}
              hiddenColumns={view.hiddenColumns}
              density={view.density}
              stale={isPlaceholderData}
            />
            <Pagination page={data.page} pageSize={data.pageSize} total={data.total} onPage={setPage} noun="roles" />
          </>
        )}
      </ListCard>
      <RolePanel clusterId={clusterId} roleKey={open} onClose={() => void setOpen(null)} />
    </>
  );
}
