import Link from "next/link";
import type { ReactNode } from "react";
import { Completeness } from "#components/ui/completeness.tsx";
import { gapName, gapReason } from "#components/ui/gap-reason.ts";
import { plural } from "#components/ui/plural.ts";
import { SeverityShape } from "#components/ui/severity-mark.tsx";
import type { GapView } from "#lib/contracts/common.ts";

/** Whether everything that a card rests on was read. */
export function MissingNote({ missing }: { readonly missing: readonly GapView[] }) {
  return (
    <Completeness
      summary={missing.length === 0 ? "all read" : `${plural(missing.length, "part")} not read`}
      gaps={missing.map((gap) => ({ what: gapName(gap), why: gapReason(gap) }))}
    />
  );
}

export type NothingFoundProps = {
  readonly missing: readonly GapView[];
  /** What is true when everything was read. */
  readonly children: ReactNode;
};

/** A card without entries: nothing there, or not known because something could not be read. */
export function NothingFound({ missing, children }: NothingFoundProps) {
  const unknown = missing.length > 0;
  return (
    <p className="flex items-baseline gap-2 px-3.5 py-3 text-ink-2">
      <SeverityShape level={unknown ? "unknown" : "pass"} className="translate-y-0.5" />
      <span>{unknown ? "Not known: none was found in what could be read." : children}</span>
    </p>
  );
}

/** A number that leads to the list behind it. */
export function CountLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-6 min-w-6 items-center justify-end rounded-r1 text-link tabular-nums underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
