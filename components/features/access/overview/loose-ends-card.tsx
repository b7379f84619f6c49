import { Card } from "#components/ui/card.tsx";
import { objectKey } from "#components/ui/object-key.ts";
import { ObjectLink } from "#components/ui/object-link.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import type { AccessOverview, LooseEnd } from "#lib/contracts/access-overview.ts";
import { accessHref } from "./access-href.ts";
import { CountLink, MissingNote } from "./card-parts.tsx";

const WORDS: Readonly<Record<LooseEnd["problem"], { readonly title: string; readonly why: string }>> = {
  "missing-role": {
    title: "bind a role that does not exist",
    why: "Whoever makes a role of that name decides what they give.",
  },
  "missing-subject": {
    title: "name an account that does not exist",
    why: "Whoever makes the account gets the rights that wait for it.",
  },
  "no-subjects": { title: "name nobody", why: "They give nothing." },
  "unbound-roles": {
    title: "are bound to nobody",
    why: "They give nothing until somebody binds them; some may only feed an aggregated role.",
  },
};

/** What refers to nothing, or what nothing refers to. */
export function LooseEndsCard({
  clusterId,
  ends,
  missing,
}: AccessOverview["looseEnds"] & { readonly clusterId: string }) {
  return (
    <Card title="Loose ends" completeness={<MissingNote missing={missing} />}>
      <ul>
        {ends.map((end) => (
          <EndLine key={end.problem} clusterId={clusterId} end={end} complete={missing.length === 0} />
        ))}
      </ul>
    </Card>
  );
}

function EndLine({
  clusterId,
  end: { problem, count, severity, examples },
  complete,
}: {
  readonly clusterId: string;
  readonly end: LooseEnd;
  readonly complete: boolean;
}) {
  const ofRoles = problem === "unbound-roles";
  const noun = ofRoles ? (count === 1 ? "role" : "roles") : count === 1 ? "binding" : "bindings";
  const { title, why } = WORDS[problem];
  const list = accessHref(clusterId, {
    tab: ofRoles ? "roles" : "bindings",
    origin: "custom",
    ...(ofRoles ? { use: "unbound" } : { problem }),
  });
  return (
    <li className="flex flex-col gap-1 border-b border-line px-3.5 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
        {count > 0 ? (
          <RiskMark severity={severity} iconOnly={severity === null} />
        ) : (
          <SeverityMark level={complete ? "pass" : "unknown"} label={complete ? "None" : "Not known"} />
        )}
        {count > 0 ? (
          <CountLink href={list}>
            {count.toLocaleString("en")} {noun} {count === 1 ? singular(title) : title}
          </CountLink>
        ) : (
          <span className="text-ink-2">
            {complete ? "No" : "As far as could be read, no"} {ofRoles ? "role of yours" : "binding"} {singular(title)}
          </span>
        )}
      </div>
      {count > 0 && <p className="text-sm text-ink-3">{why}</p>}
      {examples.length > 0 && (
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5">
          {examples.map((ref) => (
            <ObjectLink key={objectKey(ref)} clusterId={clusterId} object={ref} show={["namespace"]} wrap />
          ))}
          {count > examples.length && (
            <CountLink href={list}>and {(count - examples.length).toLocaleString("en")} more</CountLink>
          )}
        </div>
      )}
    </li>
  );
}

/** "bind a role" of several is "binds a role" of one. */
function singular(title: string): string {
  return title.replace(/^are /, "is ").replace(/^(bind|name) /, "$1s ");
}
