"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { parseObjectKey } from "#components/ui/object-key.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { ObjectName } from "#components/ui/object-name.tsx";
import { plural } from "#components/ui/plural.ts";
import { QueryError } from "#components/ui/query-error.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { RoleStateBadge } from "#components/ui/role-state-badge.tsx";
import { PanelSection, SidePanel } from "#components/ui/side-panel.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { whatIfHref } from "#components/ui/what-if-href.ts";
import { bindingQuery } from "#lib/client/queries/access.ts";

export type BindingPanelProps = {
  readonly clusterId: string;
  /** As `objectKey` writes it; null: closed. */
  readonly bindingKey: string | null;
  readonly onClose: () => void;
};

const NO_BINDING = { kind: "", namespace: "", name: "" } as const;

export function BindingPanel({ clusterId, bindingKey, onClose }: BindingPanelProps) {
  const binding = bindingKey === null ? null : parseObjectKey(bindingKey);
  const { data, error, refetch } = useQuery({
    ...bindingQuery(clusterId, binding ?? NO_BINDING),
    enabled: binding !== null,
  });
  return (
    <SidePanel
      open={binding !== null}
      onClose={onClose}
      kicker={
        data && <RiskMark severity={data.binding.severity} incomplete={data.binding.roleState === "unreadable"} />
      }
      title={
        binding ? (
          <ObjectName kind={binding.kind} namespace={binding.namespace} name={binding.name} copyable wrap />
        ) : (
          ""
        )
      }
    >
      {error && !data && <QueryError error={error} what="This binding" onRetry={() => void refetch()} />}
      {!data && !error && (
        <div role="status" aria-label="Loading the binding" className="flex flex-col gap-3">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-28 rounded-r2" />
        </div>
      )}
      {data && (
        <>
          <PanelSection title="Gives the rules of">
            <span className="flex flex-wrap items-center gap-2">
              <ObjectLink
                clusterId={clusterId}
                object={data.binding.roleRef}
                linked={data.binding.roleState === "found"}
                wrap
              />
              <RoleStateBadge state={data.binding.roleState} />
            </span>
            <p className="mt-1 text-ink-2">
              {data.binding.ref.kind === "ClusterRoleBinding" ? (
                "In every namespace and for the cluster itself."
              ) : (
                <>
                  Only in <VisibleText text={data.binding.ref.namespace ?? ""} />.
                </>
              )}
            </p>
          </PanelSection>
          <PanelSection title={`To ${plural(data.binding.subjectCount, "subject")}`}>
            {data.allSubjects.length === 0 ? (
              <p className="text-ink-2">Nobody: the binding gives nothing.</p>
            ) : (
              <ul className="divide-y divide-line rounded-r2 border border-line">
                {data.allSubjects.map(({ id, subject, exists }) => (
                  <li key={id} className="flex min-h-9 flex-wrap items-center gap-2 px-3 py-1">
                    <SubjectName subject={subject} clusterId={clusterId} copyable wrap />
                    {!exists && <Badge tone="medium">does not exist</Badge>}
                  </li>
                ))}
              </ul>
            )}
          </PanelSection>
          <PanelSection title="What if">
            <LinkButton
              href={whatIfHref(clusterId, data.binding.ref)}
              size="sm"
              icon={<GitCompareArrows aria-hidden="true" />}
            >
              Try without it
            </LinkButton>
          </PanelSection>
          <PanelSection title="YAML">
            <CodeBlock code={data.yaml} label="YAML of the binding" />
          </PanelSection>
        </>
      )}
    </SidePanel>
  );
}
