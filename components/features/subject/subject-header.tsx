import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { CopyLinkButton } from "#components/ui/copy-link-button.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SubjectDetail } from "#lib/contracts/access.ts";
import { qualifiedName } from "#lib/model/object-ref.ts";
import { formatSubject } from "#lib/model/subject-name.ts";

const KIND_WORDS = { ServiceAccount: "Service accounts", User: "Users", Group: "Groups" } as const;

export function SubjectHeader({ clusterId, detail }: { readonly clusterId: string; readonly detail: SubjectDetail }) {
  const { row } = detail;
  const { subject } = row;
  const access = `/clusters/${clusterId}/access`;
  const path = qualifiedName(subject);
  return (
    <VerdictHeader
      crumbs={[
        { label: "Access", href: access },
        { label: KIND_WORDS[subject.kind], href: `${access}?kind=${subject.kind}` },
        ...(subject.namespace
          ? [
              {
                label: <VisibleText text={subject.namespace} />,
                href: `${access}?namespace=${encodeURIComponent(subject.namespace)}`,
              },
            ]
          : []),
      ]}
      title={
        <span className="font-mono font-medium tracking-tight" title={formatSubject(subject)}>
          {subject.namespace && (
            <span className="text-ink-3">
              <VisibleText text={subject.namespace} />/
            </span>
          )}
          <VisibleText text={subject.name} />
        </span>
      }
      mark={
        <>
          <RiskMark
            severity={row.severity}
            // What was found is known, whatever else could not be read.
            incomplete={row.incomplete && detail.capabilities.length === 0}
            isSystem={row.origin === "system"}
          />
          {!row.exists && <Badge tone="medium">does not exist</Badge>}
          {row.origin === "system" && <Badge>Kubernetes</Badge>}
        </>
      }
      context={
        <>
          <VisibleText text={detail.sentence} />
          {detail.context !== "" && (
            <>
              {" "}
              <VisibleText text={detail.context} />
            </>
          )}
        </>
      }
      actions={
        <>
          <CopyButton text={path} what="name" />
          <CopyLinkButton />
        </>
      }
    />
  );
}
