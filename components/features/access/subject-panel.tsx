"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { capabilityLevel, capabilityWord } from "#components/ui/capability-state.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PanelSection, SidePanel } from "#components/ui/side-panel.tsx";
import { plural } from "#components/ui/plural.ts";
import { QueryError } from "#components/ui/query-error.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { scopeText } from "#components/ui/scope-text.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { GrantLine } from "#components/ui/grant-line.tsx";
import { SubjectName, subjectHref } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { subjectQuery } from "#lib/client/queries/access.ts";
import type { SubjectDetail, SubjectRow } from "#lib/contracts/access.ts";

export type SubjectPanelProps = {
  readonly clusterId: string;
  /** Null: closed. */
  readonly subjectId: string | null;
  /** What the list already knows. */
  readonly row: SubjectRow | null;
  readonly onClose: () => void;
};

/** One subject beside the list: what it is, why it is risky, and the way to its page. */
export function SubjectPanel({ clusterId, subjectId, row, onClose }: SubjectPanelProps) {
  const { data, error, refetch } = useQuery({
    ...subjectQuery(clusterId, subjectId ?? ""),
    enabled: subjectId !== null,
  });
  const shown = data?.row ?? row;
  return (
    <SidePanel
      open={subjectId !== null}
      onClose={onClose}
      title={shown ? <SubjectName subject={shown.subject} wrap /> : <VisibleText text={subjectId ?? ""} />}
      kicker={
        shown && (
          <RiskMark severity={shown.severity} incomplete={shown.incomplete} isSystem={shown.origin === "system"} />
        )
      }
    >
      {shown && (
        <PanelSection title="What">
          <p>
            <VisibleText text={shown.sentence} />
          </p>
          <LinkButton
            href={subjectHref(clusterId, shown.subject)}
            icon={<ArrowRight aria-hidden="true" />}
            className="mt-3"
          >
            Everything about it
          </LinkButton>
        </PanelSection>
      )}
      {error && !data && <QueryError error={error} what="This subject" onRetry={() => void refetch()} />}
      {!data && !error && (
        <div role="status" aria-label="Loading the subject" className="flex flex-col gap-3">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-20 rounded-r2" />
          <Skeleton className="h-20 rounded-r2" />
        </div>
      )}
      {data && <SubjectProofs clusterId={clusterId} detail={data} />}
    </SidePanel>
  );
}

function SubjectProofs({ clusterId, detail }: { readonly clusterId: string; readonly detail: SubjectDetail }) {
  return (
    <>
      {detail.capabilities.length > 0 && (
        <PanelSection title="Why">
          <ul className="divide-y divide-line rounded-r2 border border-line">
            {detail.capabilities.map((capability) => (
              <li key={capability.id} className="px-3 py-2.5">
                <div className="flex flex-wrap items-baseline gap-x-2">
                  <SeverityMark level={capabilityLevel(capability)} label={capabilityWord(capability)} />
                  <span className="font-medium">{capability.name}</span>
                  <span className="text-sm text-ink-3">
                    <VisibleText text={scopeText(capability.scope)} />
                  </span>
                </div>
                <p className="mt-1 text-ink-2">
                  <VisibleText text={capability.gives} />
                </p>
                {capability.reason !== null && (
                  <p className="mt-1 text-sm text-ink-3">
                    Not now: <VisibleText text={capability.reason} />
                  </p>
                )}
                {capability.needs.slice(0, 2).map(
                  (need) =>
                    need.grant && (
                      <div key={need.request} className="mt-1.5 text-sm">
                        <GrantLine clusterId={clusterId} grant={need.grant} holder={detail.row.subject} />
                      </div>
                    ),
                )}
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
      <PanelSection title="Reach">
        <p className="text-ink-2">
          {plural(detail.permissionCount, "permission")} through {plural(detail.bindings.length, "binding")}
          {detail.row.subject.kind === "ServiceAccount" &&
            `; runs in ${plural(detail.runs.pods, "pod")} on ${plural(detail.runs.nodes, "node")}`}
          .
        </p>
      </PanelSection>
      {detail.capabilities[0] && (
        <PanelSection title="Fix">
          <p className="text-ink-2">
            <VisibleText text={detail.capabilities[0].fix} />
          </p>
        </PanelSection>
      )}
    </>
  );
}
