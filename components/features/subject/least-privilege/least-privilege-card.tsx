"use client";

import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { plural } from "#components/ui/plural.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SubjectDetail } from "#lib/contracts/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { FileZone } from "./file-zone.tsx";
import { LogLine } from "./log-line.tsx";
import { PlanResult } from "./plan-result.tsx";
import { ReadingBar } from "./reading-bar.tsx";
import { useAuditFile } from "./use-audit-file.ts";

export type LeastPrivilegeCardProps = {
  readonly clusterId: string;
  readonly subjectId: string;
  readonly detail: SubjectDetail;
};

/** What it uses of what it holds, by an audit log that is read here and never uploaded; and roles that grant just that. */
export function LeastPrivilegeCard({ clusterId, subjectId, detail }: LeastPrivilegeCardProps) {
  const { subject } = detail.row;
  const { state, read, stop } = useAuditFile(subject);
  return (
    <Card
      title="Least privilege"
      completeness={
        state.type === "read" ? plural(state.log.used.log.requests, "request") + " in the log" : "from an audit log"
      }
    >
      <FileZone subject={formatSubject(subject)} isCompact={state.type === "read"} onFile={read}>
        {state.type === "reading" && <ReadingBar name={state.name} progress={state.progress} onCancel={stop} />}
        {state.type === "failed" && (
          <Callout tone="critical" live title={state.message} actions={<Button onClick={stop}>Close</Button>}>
            <VisibleText text={state.name} />
            {state.hint !== undefined && <span className="block">{state.hint}</span>}
          </Callout>
        )}
        {state.type === "read" && <LogLine name={state.name} log={state.log} onClose={stop} />}
      </FileZone>
      {state.type === "read" &&
        (state.log.used.requests.length === 0 ? (
          <EmptyState title="The log holds no request of this subject">
            It did nothing while the log was written, the audit policy does not record what it does, or the log is of
            another cluster.
          </EmptyState>
        ) : (
          <PlanResult
            clusterId={clusterId}
            subjectId={subjectId}
            holder={subject}
            log={{ id: state.id, used: state.log.used }}
          />
        ))}
    </Card>
  );
}
