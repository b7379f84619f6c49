"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useMemo } from "react";
import { CoverageNote } from "#components/ui/coverage-note.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import type { TableSort } from "#components/ui/data-table-column.ts";
import { DownloadLink } from "#components/ui/download-link.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TableOptions } from "#components/ui/table-options.tsx";
import { useTableView } from "#components/ui/use-table-view.ts";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { subjectsCsvPath, subjectsQuery } from "#lib/client/queries/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { AccessTabs } from "./access-tabs.tsx";
import { ListCard } from "./list-card.tsx";
import { NothingMatches } from "./nothing-matches.tsx";
import { subjectColumns } from "./subject-columns.tsx";
import { SubjectChips, SubjectFields } from "./subject-filters.tsx";
import { SubjectPanel } from "./subject-panel.tsx";
import { useSubjectsQuery } from "./use-subjects-query.ts";

const SORTS = ["risk", "name", "namespace", "bindings", "pods"] as const;

export function SubjectsTab({ clusterId }: { readonly clusterId: string }) {
  const { query, setFilter, setPage, clear } = useSubjectsQuery();
  const [open, setOpen] = useQueryState("open", parseAsString.withOptions({ history: "push" }));
  const view = useTableView();
  const { data, error, isPlaceholderData, refetch } = useQuery(subjectsQuery(clusterId, query));
  const columns = useMemo(() => subjectColumns(clusterId), [clusterId]);
  const onSort = useCallback(
    ({ id, order }: TableSort) => {
      const sort = SORTS.find((candidate) => candidate === id);
      if (sort) setFilter({ sort, order });
    },
    [setFilter],
  );
  return (
    <>
      <VerdictHeader
        title={data ? <VisibleText text={data.sentence} /> : "Who may do what in this cluster"}
        context={data ? <VisibleText text={data.context} /> : "Being worked out"}
        actions={<DownloadLink href={subjectsCsvPath(clusterId, query)}>CSV</DownloadLink>}
      />
      <AccessTabs clusterId={clusterId} current="subjects" />
      <ListCard
        filters={<SubjectFields query={query} facets={data?.facets ?? null} onFilter={setFilter} />}
        chips={
          <SubjectChips
            query={query}
            facets={data?.facets ?? null}
            onFilter={setFilter}
            incomplete={(data?.completeness.gaps.length ?? 0) > 0}
          />
        }
        tools={
          <>
            {data && <CoverageNote completeness={data.completeness} />}
            <TableOptions columns={columns} {...view} />
          </>
        }
      >
        {!data && error && <QueryError error={error} what="The subjects" onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={14} label="Loading subjects" />}
        {data?.items.length === 0 && (
          <NothingMatches
            noun="subjects"
            all={data.all}
            incomplete={data.completeness.gaps.length > 0}
            onClear={clear}
          />
        )}
        {data && data.items.length > 0 && (
          <>
            <DataTable
              label="Subjects"
              columns={columns}
              rows={data.items}
              rowId={(row) => row.id}
              rowLabel={(row) => formatSubject(row.subject)}
              onOpen={(row) => void setOpen(row.id)}
              selectedId={open}
              sort={{ id: query.sort, order: query.order }}
              onSort={onSort}
              hiddenColumns={view.hiddenColumns}
              density={view.density}
              stale={isPlaceholderData}
            />
            <Pagination page={data.page} pageSize={data.pageSize} total={data.total} onPage={setPage} noun="subjects" />
          </>
        )}
      </ListCard>
      <SubjectPanel
        clusterId={clusterId}
        subjectId={open}
        row={data?.items.find((row) => row.id === open) ?? null}
        onClose={() => void setOpen(null)}
      />
    </>
  );
}
