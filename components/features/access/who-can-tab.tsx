"use client";

import { useQuery } from "@tanstack/react-query";
import { MessageCircleQuestion } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { Completeness } from "#components/ui/completeness.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { DownloadLink } from "#components/ui/download-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { whoCanCsvPath, whoCanQuery } from "#lib/client/queries/access.ts";
import type { WhoCanPage } from "#lib/contracts/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { AccessTabs } from "./access-tabs.tsx";
import { ListCard } from "./list-card.tsx";
import { useWhoCanQuery } from "./use-who-can-query.ts";
import { whoCanColumns } from "./who-can-columns.tsx";
import { WhoCanForm } from "./who-can-form.tsx";
import { WhoCanNotes } from "./who-can-notes.tsx";
import { WhoCanPanel } from "./who-can-panel.tsx";

export function WhoCanTab({ clusterId }: { readonly clusterId: string }) {
  const { query, ask, setSearch, setPage } = useWhoCanQuery();
  const [open, setOpen] = useQueryState("open", parseAsString.withOptions({ history: "push" }));
  const asked = query.verb !== "" && (query.resource !== "" || query.path !== "");
  const { data, error, isPlaceholderData, refetch } = useQuery(whoCanQuery(clusterId, query));
  const answer = asked ? data : undefined;
  const columns = useMemo(() => whoCanColumns(clusterId), [clusterId]);
  const { verb, resource, namespace, name, path } = query;
  return (
    <>
      <VerdictHeader
        title={
          answer && !isPlaceholderData ? (
            <VisibleText text={answer.sentence} />
          ) : asked ? (
            "Working it out"
          ) : (
            "Ask who can do something"
          )
        }
        context="Answered from the roles and bindings as they were read, exactly as the API server decides."
        actions={asked && <DownloadLink href={whoCanCsvPath(clusterId, query)}>CSV</DownloadLink>}
      />
      <AccessTabs clusterId={clusterId} current="who-can" />
      <WhoCanForm clusterId={clusterId} question={{ verb, resource, namespace, name, path }} onAsk={ask} />
      {!asked && (
        <div className="rounded-r3 border border-dashed border-line-strong">
          <EmptyState
            icon={<MessageCircleQuestion aria-hidden="true" />}
            title="Fill in the blanks, or take one of the examples"
          >
            A verb and a resource are enough. Subresources are written <code className="font-mono">pods/exec</code>,
            groups <code className="font-mono">deployments.apps</code>, URL paths start with a slash.
          </EmptyState>
        </div>
      )}
      {asked && answer && <WhoCanNotes answer={answer} />}
      {asked && (
        <ListCard
          filters={
            <SearchField label="Filter the answer" value={query.search} onValueChange={setSearch} className="w-56" />
          }
          tools={answer && <AnswerCompleteness answer={answer} />}
        >
          {!answer && error && <QueryError error={error} what="The answer" onRetry={() => void refetch()} />}
          {!answer && !error && <SkeletonRows rows={8} label="Loading the answer" />}
          {answer?.items.length === 0 && <Nobody answer={answer} filtered={query.search !== ""} />}
          {answer && answer.items.length > 0 && (
            <>
              <DataTable
                label="Subjects that can"
                columns={columns}
                rows={answer.items}
                rowId={(row) => row.id}
                rowLabel={(row) => `the proof for ${formatSubject(row.subject)}`}
                onOpen={(row) => void setOpen(row.id)}
                selectedId={open}
                stale={isPlaceholderData}
              />
              <Pagination
                page={answer.page}
                pageSize={answer.pageSize}
                total={answer.total}
                onPage={setPage}
                noun="subjects"
              />
            </>
          )}
        </ListCard>
      )}
      <WhoCanPanel
        clusterId={clusterId}
        row={answer?.items.find((row) => row.id === open) ?? null}
        sentence={answer?.sentence ?? ""}
        onClose={() => void setOpen(null)}
      />
    </>
  );
}

function AnswerCompleteness({ answer }: { readonly answer: WhoCanPage }) {
  const gaps = answer.gaps.map((gap) => ({
    what: gap.namespace ? `${gap.resource} in ${gap.namespace}` : gap.resource,
    why: gap.sentence,
  }));
  return <Completeness summary={gaps.length === 0 ? "the list is complete" : "there may be more"} gaps={gaps} />;
}

function Nobody({ answer, filtered }: { readonly answer: WhoCanPage; readonly filtered: boolean }) {
  if (filtered && answer.all > 0)
    return <EmptyState title={`None of the ${answer.all.toLocaleString("en")} subjects has this in its name`} />;
  if (answer.gaps.length > 0) {
    return (
      <EmptyState title="Nobody was found, but not everything could be read">
        A role or binding that was not readable may still give this right.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody can, apart from members of system:masters">Every role and binding was read.</EmptyState>
  );
}
