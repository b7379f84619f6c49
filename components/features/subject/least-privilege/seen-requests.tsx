import { RelativeTime } from "#components/ui/relative-time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { LeastPrivilege, SeenRequest } from "#lib/contracts/least-privilege.ts";

/** Requests of the log that the new roles do not grant, or that what it holds now does not allow, by reason. */
export function SeenRequests({ data }: { readonly data: LeastPrivilege }) {
  const { refused, refusedCount, lost, lostCount, given, givenCount, ungrantable, undecided } = data;
  return (
    <>
      <SeenList title="Asked for and refused: not granted" requests={refused} count={refusedCount} />
      <SeenList title="Used, and not allowed any more" requests={lost} count={lostCount} />
      <SeenList title="No rule can grant just this" requests={ungrantable} count={ungrantable.length} />
      <SeenList title="Outcome not in the log, and not allowed now" requests={undecided} count={undecided.length} />
      <SeenList title="Given to everybody by Kubernetes: not granted again" requests={given} count={givenCount} />
    </>
  );
}

type SeenListProps = { readonly title: string; readonly requests: readonly SeenRequest[]; readonly count: number };

function SeenList({ title, requests, count }: SeenListProps) {
  if (count === 0) return null;
  const rest = count - requests.length;
  return (
    <details className="border-t border-line px-3.5 py-2">
      <summary className="min-h-6 rounded-r1 hover:text-ink">
        <span className="font-medium">{title}</span>{" "}
        <span className="text-ink-3 tabular-nums">{count.toLocaleString("en")}</span>
      </summary>
      <ul className="mt-1.5 mb-1">
        {requests.map(({ text, count: times, lastAt }, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-0.5">
            <span className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">
              <VisibleText text={text} />
            </span>
            <span className="ml-auto text-sm whitespace-nowrap text-ink-3 tabular-nums">
              {times.toLocaleString("en")} ×
              {lastAt !== null && (
                <>
                  , last <RelativeTime at={lastAt} ago />
                </>
              )}
            </span>
          </li>
        ))}
        {rest > 0 && <li className="text-sm text-ink-3">and {rest.toLocaleString("en")} more</li>}
      </ul>
    </details>
  );
}
