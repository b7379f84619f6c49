"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { parseObjectKey } from "#components/ui/object-key.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { ObjectName } from "#components/ui/object-name.tsx";
import { plural } from "#components/ui/plural.ts";
import { QueryError } from "#components/ui/query-error.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { PanelSection, SidePanel } from "#components/ui/side-panel.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { whatIfHref } from "#components/ui/what-if-href.ts";
import { roleQuery } from "#lib/client/queries/access.ts";
import type { RoleDetail } from "#lib/contracts/access.ts";
import { RuleList } from "./rule-list.tsx";

export type RolePanelProps = {
  readonly clusterId: string;
  /** As `objectKey` writes it; null: closed. */
  readonly roleKey: string | null;
  readonly onClose: () => void;
};

const NO_ROLE = { kind: "", namespace: "", name: "" } as const;

export function RolePanel({ clusterId, roleKey, onClose }: RolePanelProps) {
  const role = roleKey === null ? null : parseObjectKey(roleKey);
  const { data, error, refetch } = useQuery({ ...roleQuery(clusterId, role ?? NO_ROLE), enabled: role !== null });
  return (
    <SidePanel
      open={role !== null}
      onClose={onClose}
      kicker={data && <RiskMark severity={data.role.severity} />}
      title={role ? <ObjectName kind={role.kind} namespace={role.namespace} name={role.name} copyable wrap /> : ""}
    >
      {error && !data && <QueryError error={error} what="This role" onRetry={() => void refetch()} />}
      {!data && !error && (
        <div role="status" aria-label="Loading the role" className="flex flex-col gap-3">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-28 rounded-r2" />
        </div>
      )}
      {data && <RoleBody clusterId={clusterId} detail={data} />}
    </SidePanel>
  );
}

function RoleBody({ clusterId, detail }: { readonly clusterId: string; readonly detail: RoleDetail }) {
  const { role, rules, aggregation, boundBy, yaml } = detail;
  return (
    <>
      <PanelSection title="Rules">
        <RuleList
          rules={rules}
          sourcesOf={(index) => aggregation?.sources.find((source) => source.ruleIndex === index)?.roles ?? []}
        />
      </PanelSection>
      {aggregation && (
        <PanelSection title="Aggregated from">
          {aggregation.drift && (
            <div className="mb-2">
              <Callout tone="medium" title="The stored rules differ from what aggregation gives" />
            </div>
          )}
          <ul className="font-mono text-sm text-ink-2">
            {aggregation.selectors.map((selector) => (
              <li key={selector} className="[overflow-wrap:anywhere]">
                <VisibleText text={selector} />
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
      <PanelSection title={`Bound by ${plural(role.bindings, "binding")} to ${plural(role.subjects, "subject")}`}>
        {boundBy.length === 0 ? (
          <p className="text-ink-2">No binding names this role: it gives nothing to anybody.</p>
        ) : (
          <ul className="divide-y divide-line rounded-r2 border border-line">
            {boundBy.map(({ binding, subjects, subjectCount }) => (
              <li key={`${binding.kind}:${binding.namespace ?? ""}/${binding.name}`} className="px-3 py-2">
                <ObjectLink clusterId={clusterId} object={binding} wrap />
                <ul className="mt-0.5 pl-3">
                  {subjects.map((subject) => (
                    <li key={`${subject.kind}:${subject.namespace ?? ""}/${subject.name}`}>
                      <SubjectName subject={subject} clusterId={clusterId} wrap />
                    </li>
                  ))}
                  {subjectCount > subjects.length && (
                    <li className="text-sm text-ink-3">and {subjectCount - subjects.length} more</li>
                  )}
                  {subjectCount === 0 && (
                    <li>
                      <Badge>no subjects</Badge>
                    </li>
                  )}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </PanelSection>
      <PanelSection title="What if">
        <LinkButton href={whatIfHref(clusterId, role.ref)} size="sm" icon={<GitCompareArrows aria-hidden="true" />}>
          Try without it
        </LinkButton>
      </PanelSection>
      <PanelSection title="YAML">
        <CodeBlock code={yaml} label="YAML of the role" />
      </PanelSection>
    </>
  );
}
