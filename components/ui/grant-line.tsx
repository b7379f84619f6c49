import type { GrantView } from "#lib/contracts/access.ts";
import type { Subject } from "#lib/model/access.ts";
import { formatSubject } from "#lib/model/subject-name.ts";
import { ObjectLink } from "./object-link.tsx";
import { SubjectName } from "./subject-name.tsx";

export type GrantLineProps = {
  readonly clusterId: string;
  readonly grant: GrantView;
  /** The subject the grant is shown for; the binding's own is named only when it is another one (a group of it). */
  readonly holder?: Subject;
};

/** The proof of one right: binding, role and rule, each a link to its detail. */
export function GrantLine({ clusterId, grant, holder }: GrantLineProps) {
  const inherited = holder === undefined || formatSubject(holder) !== formatSubject(grant.through);
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 gap-y-0.5">
      {inherited && (
        <span className="flex min-w-0 items-baseline gap-1.5">
          <span className="text-sm text-ink-3">through</span>
          <SubjectName subject={grant.through} clusterId={clusterId} wrap />
          <Arrow />
        </span>
      )}
      <span className="flex min-w-0 items-baseline gap-1.5">
        <ObjectLink clusterId={clusterId} object={grant.binding} wrap />
        <Arrow />
      </span>
      <span className="flex min-w-0 items-baseline gap-1.5">
        <ObjectLink clusterId={clusterId} object={grant.role} wrap />
        <code className="font-mono text-sm whitespace-nowrap text-ink-3">rules[{grant.ruleIndex}]</code>
      </span>
    </div>
  );
}

function Arrow() {
  return (
    <span aria-hidden="true" className="text-ink-3">
      →
    </span>
  );
}
