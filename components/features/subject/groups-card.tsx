import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { SubjectName } from "#components/ui/subject-name.tsx";
import type { SubjectDetail } from "#lib/contracts/access.ts";

export type GroupsCardProps = { readonly clusterId: string; readonly groups: SubjectDetail["groups"] };

/** The groups whose rights it has as well. */
export function GroupsCard({ clusterId, groups }: GroupsCardProps) {
  return (
    <Card title="Groups it is in" completeness="their rights count as its own">
      <ul className="px-3.5 py-1">
        {groups.map((group) => (
          <li key={group.name} className="flex min-h-[34px] items-center gap-2 border-b border-line last:border-b-0">
            <SubjectName subject={{ kind: "Group", name: group.name }} clusterId={clusterId} />
            {group.assumed && <Badge tone="unknown">assumed</Badge>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
