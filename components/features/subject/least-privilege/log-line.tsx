import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { plural } from "#components/ui/plural.ts";
import { absoluteTimeText } from "#components/ui/relative-time-text.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { AuditFileRead } from "#lib/client/read-audit-file.ts";

export type LogLineProps = { readonly name: string; readonly log: AuditFileRead; readonly onClose: () => void };

/** Which log this is, from when to when, and what of it could not be read. */
export function LogLine({ name, log: { used, broken }, onClose }: LogLineProps) {
  const { firstAt, lastAt, dropped } = used.log;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="flex min-w-0 flex-1 basis-60 flex-wrap items-baseline gap-x-3 gap-y-0.5 text-ink-2">
          <span className="font-mono text-sm text-ink [overflow-wrap:anywhere]">
            <VisibleText text={name} />
          </span>
          {firstAt !== null && lastAt !== null && (
            <span className="text-sm text-ink-3">
              {absoluteTimeText(firstAt)} to {absoluteTimeText(lastAt)}
            </span>
          )}
        </p>
        <Button onClick={onClose}>Close the log</Button>
      </div>
      {broken.count > 0 && (
        <Callout tone="medium" live title={`${plural(broken.count, "line")} could not be read`}>
          What {broken.count === 1 ? "it holds" : "they hold"} is missing below.{" "}
          {broken.first.map(({ line, reason }) => `Line ${line.toLocaleString("en")}: ${reason}`).join(" · ")}
          {broken.count > broken.first.length && " …"}
        </Callout>
      )}
      {dropped > 0 && (
        <Callout tone="high" live title="This subject does too many different things to keep them all">
          {plural(dropped, "request")} went beyond {used.requests.length.toLocaleString("en")} different ones, so the
          roles below lack rights. The command line has no such limit: kordon least-privilege.
        </Callout>
      )}
    </>
  );
}
