import { VisibleText } from "#components/ui/visible-text.tsx";
import type { RoleDetail } from "#lib/contracts/access.ts";

type Rule = RoleDetail["rules"][number];

export type RuleListProps = {
  readonly rules: readonly Rule[];
  /** For aggregated roles: the roles a rule comes from. */
  readonly sourcesOf: (index: number) => readonly string[];
};

/** The rules of a role by their index, verbs first. */
export function RuleList({ rules, sourcesOf }: RuleListProps) {
  if (rules.length === 0) return <p className="text-ink-2">This role has no rules: it gives nothing.</p>;
  return (
    <ol className="divide-y divide-line rounded-r2 border border-line">
      {rules.map((rule, index) => {
        const sources = sourcesOf(index);
        return (
          <li key={index} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 px-3 py-2">
            <span className="font-mono text-sm text-ink-3 tabular-nums">{index}</span>
            <div className="min-w-0 font-mono text-[0.78125rem] [overflow-wrap:anywhere]">
              <div className="font-medium">
                <VisibleText text={rule.verbs.join(", ") || "no verb"} />
              </div>
              <div className="text-ink-2">
                <VisibleText text={targetText(rule)} />
              </div>
              {rule.resourceNames.length > 0 && (
                <div className="text-sm text-ink-3">
                  only <VisibleText text={rule.resourceNames.join(", ")} />
                </div>
              )}
              {sources.length > 0 && (
                <div className="font-sans text-sm text-ink-3">
                  from <VisibleText text={sources.join(", ")} />
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** `pods, pods/log` of the core group, `deployments in apps`, or URL paths. */
function targetText(rule: Rule): string {
  const resources = rule.resources.join(", ");
  const groups = rule.apiGroups.map((group) => (group === "" ? "core" : group)).join(", ");
  const parts = [
    resources !== "" && `${resources} in ${groups === "" ? "no group" : groups}`,
    rule.nonResourceURLs.length > 0 && rule.nonResourceURLs.join(", "),
  ].filter((part) => part !== false);
  return parts.join("; ") || "nothing";
}
