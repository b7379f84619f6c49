"use client";

import Link from "next/link";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { cx } from "./cx.ts";
import { useLiveHref } from "./dead-links.ts";
import { VisibleText } from "./visible-text.tsx";

export type ProofHop = {
  /** The role of the hop in the chain: "Subject", "Binding", "May", "Takes over". */
  readonly label: string;
  readonly title: string;
  readonly detail?: string;
  /** `cut` is the hop to change, `target` what is lost. */
  readonly tone: "plain" | "cut" | "target";
  readonly href?: string;
  /** The hop is not reached now: something is missing, or a control stands against it. */
  readonly inactive?: "latent" | "blocked";
};

export type ProofChainProps = { readonly hops: readonly ProofHop[]; readonly label: string };

/** The proof of a path, hop by hop: a row where there is room, else a column. The hop to change carries the accent frame. */
export function ProofChain({ hops, label }: ProofChainProps) {
  return (
    <div className="@container">
      <ol aria-label={toVisibleText(label)} className="flex flex-col @2xl:flex-row">
        {hops.map((hop, index) => (
          <Hop key={index} hop={hop} />
        ))}
      </ol>
    </div>
  );
}

function Hop({ hop }: { readonly hop: ProofHop }) {
  const href = useLiveHref(hop.href);
  const content = (
    <>
      <span className="flex items-baseline justify-between gap-2 text-2xs text-ink-3">
        {hop.label}
        {hop.tone === "cut" && <span className="font-medium text-accent-ink">change this</span>}
        {hop.inactive && <span className="font-medium text-unknown">{hop.inactive}</span>}
      </span>
      <span
        title={toVisibleText(hop.title)}
        className={cx(
          "block font-mono text-[0.78125rem] leading-snug font-medium [overflow-wrap:anywhere]",
          hop.tone === "target" && "text-critical",
        )}
      >
        <VisibleText text={hop.title} breakable />
      </span>
      {hop.detail !== undefined && (
        <span title={toVisibleText(hop.detail)} className="block text-sm text-ink-2 [overflow-wrap:anywhere]">
          <VisibleText text={hop.detail} breakable />
        </span>
      )}
    </>
  );
  return (
    <li
      className={cx(
        "relative min-w-0 flex-1 border first:rounded-t-r2 last:rounded-b-r2 @max-2xl:not-first:-mt-px @2xl:not-first:-ml-px @2xl:first:rounded-l-r2 @2xl:first:rounded-tr-none @2xl:last:rounded-r-r2 @2xl:last:rounded-bl-none",
        hop.tone === "plain" && (hop.inactive ? "border-dashed border-unknown" : "border-line"),
        hop.tone === "cut" && "z-10 border-accent shadow-[inset_0_0_0_1px_var(--accent)]",
        hop.tone === "target" ? "z-[5] border-critical/35 bg-critical-wash" : "bg-surface",
      )}
    >
      {href === undefined ? (
        <div className="px-3 py-2">{content}</div>
      ) : (
        <Link href={href} className="block h-full px-3 py-2 outline-offset-[-2px] hover:bg-hover">
          {content}
        </Link>
      )}
    </li>
  );
}
