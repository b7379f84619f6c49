"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { FilterChips } from "#components/ui/filter-chips.tsx";
import { objectKey } from "#components/ui/object-key.ts";
import { Pagination } from "#components/ui/pagination.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TableOptions } from "#components/ui/table-options.tsx";
import { useTableView } from "#components/ui/use-table-view.ts";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { bindingsQuery } from "#lib/client/queries/access.ts";
import { bindingColumns } from "./binding-columns.tsx";
import { BindingPanel } from "./binding-panel.tsx";
import { AccessTabs } from "./access-tabs.tsx";
import { ListCard } from "./list-card.tsx";
import { NothingMatches } from "./nothing-matches.tsx";
import { useBindingsQuery } from "./use-bindings-query.ts";

const SORTS = ["risk", "name", "namespace", "role", "subjects"] as const;
const KINDS = [
  { value: "ClusterRoleBinding", label: "Cluster-wide" },
  { value: "RoleBinding", label: "In a namespace" },
] as const;
const PROBLEMS = [
  { value: "missing-role", label: "Role missing" },
  { value: "missing-subject", label: "Subject missing" },
  { value: "no-subjects", label: "No subjects" },
] as const;
const ORIGINS = [
  { value: "custom", label: "Beyond Kubernetes" },
  { value: "system", label: "Kubernetes itself" },
] as const;

export function BindingsTab({ clusterId }: { readonly clusterId: string }) {
  const { query, setFilter, setPage, clear } = useBindingsQuery();
  const [open, setOpen] = useQueryState("open", parseAsString.withOptions({ history: "push" }));
  const view = useTableView();
  const { data, error, isPlaceholderData, refetch } = useQuery(bindingsQuery(clusterId, query));
  const columns = useMemo(() => bindingColumns(clusterId), [clusterId]);
  return (
    <>
      <VerdictHeader
        title={data ? <VisibleText text={data.sentence} /> : "The bindings of this cluster"}
        context="A binding gives the rules of one role to its subjects: everywhere, or in its own namespace."
      />
      <AccessTabs clusterId={clusterId} current="bindings" />
      <ListCard
        filters={
          <SearchField
            label="Filter by name"
            value={query.search}
            onValueChange={(search) => setFilter({ search })}
            className="w-52 max-md:w-full"
          />
        }
        chips={
          <>
            <FilterChips
              label="Reach"
              value={query.kind}
              onValueChange={(kind) => setFilter({ kind })}
              options={KINDS}
            />
            <FilterChips
              label="Problem"
              value={query.problem}
              onValueChange={(problem) => setFilter({ problem })}
              options={PROBLEMS}
            />
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
            <TableOptions columns={columns} {...view} />
          </>
        }
      >
        {!data && error && <QueryError error={error} what="The bindings" onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={14} label="Loading bindings" />}
        {data?.items.length === 0 && (
          <NothingMatches
            noun="bindings"
            all={data.all}
            incomplete={data.completeness.gaps.length > 0}
            onClear={clear}
          />
        )}
        {data && data.items.length > 0 && (
          <>
            <DataTable
              label="Bindings"
              columns={columns}
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
            <Pagination page={data.page} pageSize={data.pageSize} total={data.total} onPage={setPage} noun="bindings" />
          </>
        )}
      </ListCard>
      <BindingPanel clusterId={clusterId} bindingKey={open} onClose={() => void setOpen(null)} />
    </>
  );
}
