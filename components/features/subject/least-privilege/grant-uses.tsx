import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { FilterChips } from "#components/ui/filter-chips.tsx";
import { GrantLine } from "#components/ui/grant-line.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { GrantUseView, LeastPrivilege } from "#lib/contracts/least-privilege.ts";
import type { Subject } from "#lib/model/access.ts";
import { USE_STATES, type UseState } from "./use-plan-options.ts";

const FEW = 20;
export const USE_WORDS: Readonly<Record<UseState, string>> = {
  unused: "Not used",
  partly: "Partly used",
  used: "Used",
};

export type GrantUsesProps = {
  readonly clusterId: string;
  readonly holder: Subject;
  readonly data: LeastPrivilege;
  readonly use: UseState | "";
  readonly onUse: (use: UseState | "") => void;
};

/** Every rule that it holds now, and what of it the log shows in use. */
export function GrantUses({ clusterId, holder, data, use, onUse }: GrantUsesProps) {
  const [all, setAll] = useState(false);
  const { grants, unread } = data;
  const fitting = grants.filter(({ state }) => use === "" || state === use);
  const shown = all ? fitting : fitting.slice(0, FEW);
  return (
    <section aria-label="What it holds now" className="border-t border-line">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2.5">
        <h3 className="font-semibold">What it holds now</h3>
        <div data-print="hide">
          <FilterChips
            label="Use"
            options={USE_STATES.map((value) => ({
              value,
              label: USE_WORDS[value],
              count: grants.filter(({ state }) => state === value).length,
            }))}
            value={use}
            onValueChange={onUse}
          />
        </div>
      </div>
      {unread.length > 0 && (
        <div className="px-3.5 pb-2.5">
          <Callout tone="unknown" title="It may hold more: not everything was read">
            <VisibleText text={unread.join(" · ")} />
          </Callout>
        </div>
      )}
      {fitting.length === 0 ? (
        <p className="px-3.5 pb-3.5 text-ink-2">
          {grants.length === 0 ? "No rule that was read is bound to it." : "None of its rules is in this state."}
        </p>
      ) : (
        <ul className="border-t border-line">
          {shown.map((grant, index) => (
            <li key={index} className="border-b border-line px-3.5 py-2.5 last:border-b-0">
              <GrantUseItem clusterId={clusterId} holder={holder} entry={grant} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < fitting.length && (
        <div className="border-t border-line px-3.5 py-2" data-print="hide">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {fitting.length.toLocaleString("en")}
          </Button>
        </div>
      )}
    </section>
  );
}

type GrantUseItemProps = { readonly clusterId: string; readonly holder: Subject; readonly entry: GrantUseView };

function GrantUseItem({ clusterId, holder, entry: { grant, state, rule, used, inert, severity } }: GrantUseItemProps) {
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <span className="flex w-24 shrink-0 pt-px">
        <Badge tone={state === "used" ? "accent" : "neutral"}>{USE_WORDS[state]}</Badge>
      </span>
      <div className="min-w-0 flex-1 basis-72">
        <p className="[overflow-wrap:anywhere]">
          <VisibleText text={rule} />
        </p>
        {state === "partly" && (
          <p className="text-sm text-ink-2 [overflow-wrap:anywhere]">
            only <VisibleText text={used} />
          </p>
        )}
        {inert !== null && (
          <p className="text-sm text-ink-3">
            <VisibleText text={inert} />
          </p>
        )}
        <div className="mt-0.5">
          <GrantLine clusterId={clusterId} grant={grant} holder={holder} />
        </div>
      </div>
      {severity !== null && (
        <span className="shrink-0">
          <RiskMark severity={severity} />
        </span>
      )}
    </div>
  );
}
