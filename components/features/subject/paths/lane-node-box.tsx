import Link from "next/link";
import { cx } from "#components/ui/cx.ts";
import { objectHref, objectKey } from "#components/ui/object-key.ts";
import { Popover } from "#components/ui/popover.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { CutView, LaneMore, LaneNode } from "#lib/contracts/paths.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { subjectIdHref } from "#components/ui/paths/path-words.ts";

export type LaneNodeBoxProps = {
  readonly clusterId: string;
  readonly node: LaneNode;
  readonly cut: CutView | null;
  /** The paths work now. */
  readonly works: boolean;
  /** It is on the chosen path. */
  readonly lit: boolean;
  /** Lines that its name may take. */
  readonly lines: 2 | 3;
  readonly onChoose: () => void;
};

/** One node of the drawing: a subject, binding or role opens; any other one shows the next path through it. */
export function LaneNodeBox({ clusterId, node, cut, works, lit, lines, onChoose }: LaneNodeBoxProps) {
  const { object } = node;
  const isCut =
    object !== null && (cut?.changes ?? []).some((one) => one.object && objectKey(one.object) === objectKey(object));
  const href = nodeHref(clusterId, node);
  const danger = works && lit && node.type === "target";
  const className = cx(
    "flex size-full flex-col items-stretch justify-start rounded-r2 py-1.5 text-left",
    lines === 2 ? "px-2.5" : "px-2",
    lit ? "hover:bg-hover" : "hover:text-ink-2",
  );
  const content = <NodeText node={node} isCut={isCut} danger={danger} lines={lines} />;
  return (
    <div
      className={cx(
        "relative size-full rounded-r2 border bg-surface transition-colors",
        !lit && "border-line text-ink-3",
        lit && !isCut && (danger ? "border-critical" : "border-line-strong"),
        lit && isCut && "border-accent shadow-[inset_0_0_0_1px_var(--accent)]",
      )}
    >
      {href === null ? (
        <button type="button" onClick={onChoose} className={className}>
          {content}
        </button>
      ) : (
        <Link href={href} className={className}>
          {content}
        </Link>
      )}
      {node.more && <More more={node.more} />}
    </div>
  );
}

type NodeTextProps = Pick<LaneNodeBoxProps, "node" | "lines"> & { readonly isCut: boolean; readonly danger: boolean };

function NodeText({ node, isCut, danger, lines }: NodeTextProps) {
  // A namespace goes on a line of its own before a name is broken.
  const namespace = node.title.slice(0, node.title.indexOf("/") + 1);
  return (
    <>
      <span title={node.label} className={cx("block shrink-0 truncate text-2xs text-ink-3", node.more && "pr-7")}>
        {node.label}
      </span>
      <span
        title={toVisibleText(node.title)}
        className={cx(
          "shrink-0 font-mono text-sm leading-4 font-medium [overflow-wrap:anywhere]",
          lines === 2 ? "line-clamp-2" : "line-clamp-3",
          danger && "text-critical",
        )}
      >
        {namespace !== "" && (
          <>
            <VisibleText text={namespace} />
            <wbr />
          </>
        )}
        <VisibleText text={node.title.slice(namespace.length)} />
      </span>
      {isCut ? (
        <span className="block text-2xs font-medium text-accent-ink">change this</span>
      ) : (
        node.detail !== null && (
          <span title={toVisibleText(node.detail)} className="block shrink-0 truncate text-2xs text-ink-3">
            <VisibleText text={node.detail} />
          </span>
        )
      )}
    </>
  );
}

/** What else could stand here, behind a button with its number. */
function More({ more }: { readonly more: LaneMore }) {
  const count = `${more.count.toLocaleString("en")}${more.atLeast ? " or more" : ""}`;
  const rest = more.count - more.items.length;
  return (
    <Popover
      title={more.what}
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`${count} more: ${more.what}`}
          className="absolute top-0.5 right-0.5 inline-flex h-6 min-w-6 items-center justify-center rounded-r1 px-1 text-2xs font-medium text-accent-ink tabular-nums hover:bg-hover"
        >
          +{more.count.toLocaleString("en")}
        </button>
      }
    >
      <ul className="font-mono text-sm">
        {more.items.map((item) => (
          <li key={item} className="[overflow-wrap:anywhere]">
            <VisibleText text={item} />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="mt-1 text-sm text-ink-3">and {rest.toLocaleString("en")} more</p>}
    </Popover>
  );
}

function nodeHref(clusterId: string, { subject, object }: LaneNode): string | null {
  if (subject !== null) return subjectIdHref(clusterId, subject);
  return object && objectHref(clusterId, object);
}
