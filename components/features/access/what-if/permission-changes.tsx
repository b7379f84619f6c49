import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { cx } from "#components/ui/cx.ts";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PermissionChange, WhatIf } from "#lib/contracts/what-if.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { CHANGE_WORDS, extentText, type ChangeDirection } from "./effect-words.ts";

const FEW = 20;

type Row = PermissionChange & { readonly id: string; readonly direction: ChangeDirection };

export type PermissionChangesProps = { readonly clusterId: string; readonly permissions: WhatIf["permissions"] };

/** Every permission that appears or vanishes, by subject. */
export function PermissionChanges({ clusterId, permissions }: PermissionChangesProps) {
  const { gained, lost } = permissions;
  const [all, setAll] = useState(false);
  const columns = useMemo(() => permissionColumns(clusterId), [clusterId]);
  const rows = useMemo(
    () => [...rowsOf("gained", gained.items), ...rowsOf("lost", lost.items)],
    [gained.items, lost.items],
  );
  return (
    <Card title="Permissions" completeness={extentText(gained, lost)}>
      {rows.length === 0 ? (
        <p className="px-3.5 py-3 text-ink-2">No permission of a binding changes.</p>
      ) : (
        <DataTable
          label="Permissions that appear or vanish"
          columns={columns}
          rows={all ? rows : rows.slice(0, FEW)}
          rowId={(row) => row.id}
          rowLabel={(row) => `${formatSubject(row.subject)}: ${row.rule}`}
        />
      )}
      {!all && rows.length > FEW && (
        <div className="border-t border-line px-3.5 py-2" data-print="hide">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {rows.length.toLocaleString("en")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function rowsOf(direction: ChangeDirection, items: readonly PermissionChange[]): readonly Row[] {
  return items.map((item, index) => ({ ...item, direction, id: `${direction}:${index}` }));
}

function permissionColumns(clusterId: string): readonly DataTableColumn<Row>[] {
  return [
    {
      id: "change",
      header: "Change",
      phone: "head",
      className: "w-28",
      cell: ({ direction }) => (
        <span className={cx("whitespace-nowrap", direction === "gained" ? "font-medium" : "text-ink-2")}>
          <span aria-hidden="true" className="mr-1.5 font-mono font-semibold">
            {CHANGE_WORDS[direction].sign}
          </span>
          {CHANGE_WORDS[direction].word}
        </span>
      ),
    },
    {
      id: "subject",
      header: "Subject",
      phone: "head",
      className: "max-w-sm",
      cell: ({ subject }) => <SubjectName subject={subject} clusterId={clusterId} />,
    },
    {
      id: "where",
      header: "Where",
      className: "w-44",
      cell: ({ namespace }) =>
        namespace === null ? (
          <span className="text-ink-2">whole cluster</span>
        ) : (
          <span className="font-mono text-[0.78125rem] [overflow-wrap:anywhere]">
            <VisibleText text={namespace} />
          </span>
        ),
    },
    {
      id: "rule",
      header: "Rule",
      phone: "bare",
      cell: ({ rule }) => (
        <span className="[overflow-wrap:anywhere]">
          <VisibleText text={rule} />
        </span>
      ),
    },
  ];
}
