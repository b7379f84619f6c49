"use client";

import Link from "next/link";
import { qualifiedName } from "#lib/model/object-ref.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { CopyButton } from "./copy-button.tsx";
import { cx } from "./cx.ts";
import { useLiveHref } from "./dead-links.ts";
import { VisibleText } from "./visible-text.tsx";

export type ObjectNameProps = {
  readonly name: string;
  readonly kind?: string;
  readonly namespace?: string | null | undefined;
  readonly href?: string;
  /** Adds a button that copies `namespace/name`, shown when pointed at or focused. */
  readonly copyable?: boolean;
  /** Lets a long name wrap instead of being cut with a tooltip. */
  readonly wrap?: boolean;
};

/** An object of a cluster: kind small and faint, namespace faint, name in mono, the whole in a tooltip. */
export function ObjectName({ name, kind, namespace, href, copyable = false, wrap = false }: ObjectNameProps) {
  const path = qualifiedName({ namespace, name });
  const live = useLiveHref(href);
  const cut = wrap ? "[overflow-wrap:anywhere]" : "truncate";
  const text = (
    <>
      {namespace && (
        <span className="text-ink-3">
          <VisibleText text={namespace} breakable={wrap} />/
        </span>
      )}
      <span className="font-medium">
        <VisibleText text={name} breakable={wrap} />
      </span>
    </>
  );
  const title = toVisibleText(kind === undefined ? path : `${kind} ${path}`);
  const nameClass = cx("min-w-0 font-mono text-[0.78125rem]", cut);
  return (
    <span className="group/object relative inline-flex max-w-full min-w-0 items-baseline gap-1.5">
      {kind !== undefined && <span className="shrink-0 text-2xs font-medium text-ink-3">{kind}</span>}
      {live === undefined ? (
        <span className={nameClass} title={title}>
          {text}
        </span>
      ) : (
        <Link
          href={live}
          className={cx(nameClass, "rounded-r1 underline-offset-2 hover:underline leading-6")}
          title={title}
        >
          {text}
        </Link>
      )}
      {copyable && (
        <span
          className="absolute top-1/2 left-full z-10 ml-0.5 -translate-y-1/2 rounded-r2 bg-raised opacity-0 shadow-float transition-opacity group-focus-within/object:opacity-100 group-hover/object:opacity-100 pointer-coarse:hidden"
          data-print="hide"
        >
          <CopyButton text={path} what={`name ${toVisibleText(path)}`} className="size-6" />
        </span>
      )}
    </span>
  );
}
