import type { ScopeView } from "#lib/contracts/access.ts";

/** Where a right holds, in words: "whole cluster", "payments", "14 namespaces". Nowhere is said as such. */
export function scopeText({ cluster, count, namespaces }: ScopeView): string {
  if (cluster) return "whole cluster";
  if (count === 0) return "nowhere";
  const [first] = namespaces;
  if (count === 1 && first !== undefined) return first;
  if (count <= 3 && namespaces.length === count) return namespaces.join(", ");
  return `${count.toLocaleString("en")} namespaces`;
}

/** The full list for a tooltip: "a, b, c and 11 more". */
export function scopeTitle(scope: ScopeView): string {
  if (scope.cluster || scope.namespaces.length === 0) return scopeText(scope);
  const more = scope.count - scope.namespaces.length;
  return more > 0 ? `${scope.namespaces.join(", ")} and ${more} more` : scope.namespaces.join(", ");
}
