import type { Subject } from "#lib/model/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { ObjectName } from "./object-name.tsx";

/** The page of a subject. */
export function subjectHref(clusterId: string, subject: Subject): string {
  return `/clusters/${clusterId}/access/${encodeURIComponent(formatSubject(subject))}`;
}

export type SubjectNameProps = {
  readonly subject: Subject;
  /** Links to the subject's page when given. */
  readonly clusterId?: string;
  readonly copyable?: boolean;
  readonly wrap?: boolean;
};

/** A user, group or service account of a cluster. */
export function SubjectName({ subject, clusterId, copyable, wrap }: SubjectNameProps) {
  return (
    <ObjectName
      kind={subject.kind}
      namespace={subject.namespace}
      name={subject.name}
      copyable={copyable}
      wrap={wrap}
      {...(clusterId === undefined ? {} : { href: subjectHref(clusterId, subject) })}
    />
  );
}
