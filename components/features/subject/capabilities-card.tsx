"use client";

import { parseAsString, useQueryState } from "nuqs";
import { ShieldQuestion } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { capabilityLevel, capabilityWord } from "#components/ui/capability-state.ts";
import { Card } from "#components/ui/card.tsx";
import { cx } from "#components/ui/cx.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { plural } from "#components/ui/plural.ts";
import { scopeText, scopeTitle } from "#components/ui/scope-text.ts";
import { SeverityShape } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { CapabilityDetail, SubjectDetail } from "#lib/contracts/access.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { CapabilityProof } from "./capability-proof.tsx";

export type CapabilitiesCardProps = { readonly clusterId: string; readonly detail: SubjectDetail };

/** The ways further: a list at the left, the proof of the chosen one at the right. */
export function CapabilitiesCard({ clusterId, detail }: CapabilitiesCardProps) {
  const [chosen, setChosen] = useQueryState("way", parseAsString);
  const { capabilities } = detail;
  const current = capabilities.find((capability) => capability.id === chosen) ?? capabilities[0];
  const proven = capabilities.filter((capability) => capability.state === "proven").length;
  return (
    <Card
      title="How it gets further"
      completeness={
        capabilities.length > 0 &&
        `${proven} proven${proven < capabilities.length ? `, ${capabilities.length - proven} not active` : ""}`
      }
    >
      {current ? (
        <div className="grid grid-cols-1 md:grid-cols-[minmax(15rem,20rem)_minmax(0,1fr)]">
          <ul className="border-line p-1.5 max-md:border-b md:border-r">
            {capabilities.map((capability) => (
              <li key={capability.id}>
                <CapabilityChoice
                  capability={capability}
                  current={capability.id === current.id}
                  onChoose={() => void setChosen(capability.id)}
                />
              </li>
            ))}
          </ul>
          <CapabilityProof key={current.id} clusterId={clusterId} capability={current} holder={detail.row.subject} />
        </div>
      ) : (
        <EmptyState
          icon={<ShieldQuestion aria-hidden="true" />}
          title={
            detail.row.incomplete
              ? "Not known: some of its rights could not be read"
              : "None of the known ways to gain more rights"
          }
        >
          Checked against {plural(detail.permissionCount, "permission")}, its own and those of its groups.
        </EmptyState>
      )}
    </Card>
  );
}

type CapabilityChoiceProps = {
  readonly capability: CapabilityDetail;
  readonly current: boolean;
  readonly onChoose: () => void;
};

function CapabilityChoice({ capability, current, onChoose }: CapabilityChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={current}
      onClick={onChoose}
      className={cx(
        "grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-r2 px-2.5 py-1.5 text-left transition-colors",
        current ? "bg-accent-wash" : "hover:bg-hover",
      )}
    >
      <SeverityShape level={capabilityLevel(capability)} />
      <span className="font-medium">
        {capability.name}
        <span className="sr-only">, {capabilityWord(capability)}</span>
      </span>
      {capability.expected ? <Badge>default</Badge> : <span />}
      <span
        className="col-start-2 col-end-4 truncate text-sm text-ink-3"
        title={toVisibleText([scopeTitle(capability.scope), capability.reason ?? []].flat().join(" · "))}
      >
        <VisibleText text={scopeText(capability.scope)} />
        {capability.reason !== null && (
          <>
            {` · ${capability.state}: `}
            <VisibleText text={capability.reason} />
          </>
        )}
      </span>
    </button>
  );
}
