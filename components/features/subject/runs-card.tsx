import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ObjectName } from "#components/ui/object-name.tsx";
import { plural } from "#components/ui/plural.ts";
import type { SubjectDetail } from "#lib/contracts/access.ts";

/** Who runs as it: whoever controls one of these has its rights. */
export function RunsCard({ runs, completeness }: Pick<SubjectDetail, "runs" | "completeness">) {
  const rest = runs.workloadCount - runs.workloads.length;
  const unread = completeness.gaps.some(({ resource }) => resource === "pods");
  return (
    <Card title="Who runs as it" completeness={extentText(runs, unread)}>
      {runs.workloads.length === 0 ? (
        <EmptyState title={unread ? "Not known: some pods could not be read" : "No pod runs as it"}>
          Whoever may create a pod in its namespace, or a token for it, still can.
        </EmptyState>
      ) : (
        <ul className="px-3.5 py-1">
          {runs.workloads.map((workload) => (
            <li
              key={`${workload.kind}/${workload.namespace}/${workload.name}`}
              className="flex min-h-[34px] items-center gap-2 border-b border-line last:border-b-0"
            >
              <ObjectName kind={workload.kind} namespace={workload.namespace} name={workload.name} copyable />
              {!workload.tokenMounted && <Badge>no token mounted</Badge>}
              <span className="ml-auto shrink-0 text-sm text-ink-3 tabular-nums">
                {workload.pods === 0 ? "no pod seen" : plural(workload.pods, "pod")}
              </span>
            </li>
          ))}
          {rest > 0 && <li className="py-2 text-sm text-ink-3">and {rest.toLocaleString("en")} more</li>}
        </ul>
      )}
    </Card>
  );
}

/** "36 pods on 36 nodes"; manifests hold templates, from which no pod runs yet. */
function extentText({ pods, nodes, workloadCount }: SubjectDetail["runs"], unread: boolean): string {
  if (pods === 0) return workloadCount === 0 ? "" : `${plural(workloadCount, "workload")}, no pod seen`;
  return `${plural(pods, "pod")} on ${plural(nodes, "node")}${unread ? ", as far as could be read" : ""}`;
}
