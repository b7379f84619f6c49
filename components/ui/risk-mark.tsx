import type { Severity } from "#lib/model/severity.ts";
import { SeverityMark } from "./severity-mark.tsx";

export type RiskMarkProps = {
  readonly severity: Severity | null;
  /** Something could not be read: nothing found is then not known, never none. */
  readonly incomplete?: boolean;
  /** It belongs to Kubernetes itself: strong or not, its defaults are no finding. */
  readonly isSystem?: boolean;
  readonly iconOnly?: boolean;
};

/** The risk of a subject, role or right: none found is said, and not known is told apart from it. */
export function RiskMark({ severity, incomplete = false, isSystem = false, iconOnly = false }: RiskMarkProps) {
  if (severity) return <SeverityMark level={severity} iconOnly={iconOnly} />;
  return incomplete ? (
    <SeverityMark level="unknown" iconOnly={iconOnly} />
  ) : (
    <SeverityMark level="none" label={isSystem ? "By default" : "None known"} iconOnly={iconOnly} />
  );
}
