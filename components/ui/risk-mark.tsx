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
    <SeverityMark level="unknown" hint="Not known: something that it rests on could not be read" iconOnly={iconOnly} />
  ) : isSystem ? (
    <SeverityMark
      level="none"
      label="By default"
      hint="By default: Kubernetes itself gives it what it holds, which is no finding"
      iconOnly={iconOnly}
    />
  ) : (
    <SeverityMark
      level="none"
      label="None known"
      hint="None known: none of the known ways to gain more rights"
      iconOnly={iconOnly}
    />
  );
}
