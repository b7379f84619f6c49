import type { Completeness as CompletenessView } from "#lib/contracts/common.ts";
import { Completeness } from "./completeness.tsx";
import { gapName, gapReason } from "./gap-reason.ts";

/** The completeness of an API answer, as every card shows it. */
export function CoverageNote({ completeness }: { readonly completeness: CompletenessView | null }) {
  if (!completeness) return <span className="text-sm text-ink-3">nothing read yet</span>;
  return (
    <Completeness
      summary={`${completeness.kindsRead} of ${completeness.kindsNeeded} kinds read`}
      gaps={completeness.gaps.map((gap) => ({ what: gapName(gap), why: gapReason(gap) }))}
    />
  );
}
