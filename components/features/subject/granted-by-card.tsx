"use client";

import { useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { objectKey } from "#components/ui/object-key.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { plural } from "#components/ui/plural.ts";
import { RoleStateBadge } from "#components/ui/role-state-badge.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import type { SubjectDetail } from "#lib/contracts/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";

export type GrantedByCardProps = { readonly clusterId: string; readonly detail: SubjectDetail };

const PAGE_SIZE = 25;

/** The bindings that name it or one of its groups. */
export function GrantedByCard({ clusterId, detail }: GrantedByCardProps) {
  const [wanted, setPage] = useState(1);
  const own = formatSubject(detail.row.subject);
  const total = detail.bindings.length;
  // After a new scan there may be fewer.
  const page = Math.min(wanted, Math.max(1, Math.ceil(total / PAGE_SIZE)));
  const shown = detail.bindings.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return (
    <Card title="Bindings" completeness={plural(total, "binding")}>
      {total === 0 ? (
        <EmptyState title="No binding names it or one of its groups" />
      ) : (
        <ul className="px-3.5 py-1">
          {shown.map((entry) => (
            <li
              key={`${objectKey(entry.binding)} ${formatSubject(entry.through)}`}
              className="flex flex-wrap items-baseline gap-x-1.5 gap-y-0.5 border-b border-line py-2 last:border-b-0"
            >
              <span className="flex min-w-0 items-baseline gap-1.5">
                <ObjectLink clusterId={clusterId} object={entry.binding} wrap />
                <span aria-hidden="true" className="text-ink-3">
                  →
                </span>
              </span>
              <ObjectLink
                clusterId={clusterId}
                object={entry.role}
                show={["kind"]}
                linked={entry.roleState === "found"}
                wrap
              />
              <RoleStateBadge state={entry.roleState} />
              <span className="ml-auto text-sm text-ink-3 tabular-nums">{plural(entry.rules, "rule")}</span>
              {formatSubject(entry.through) !== own && (
                <span className="flex w-full items-baseline gap-1.5 text-sm text-ink-3">
                  through <SubjectName subject={entry.through} clusterId={clusterId} wrap />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {total > PAGE_SIZE && (
        <Pagination page={page} pageSize={PAGE_SIZE} total={total} onPage={setPage} noun="bindings" />
      )}
    </Card>
  );
}
