import Link from "next/link";
import { Fragment, type ReactNode } from "react";

export type Crumb = { readonly label: ReactNode; readonly href?: string };

export type VerdictHeaderProps = {
  /** The verdict of the page as a sentence: computed, and true in every state. */
  readonly title: ReactNode;
  /** A mark beside the title. */
  readonly mark?: ReactNode;
  /** One line of context with links to the worst cases. */
  readonly context?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
};

/** How every page opens. */
export function VerdictHeader({ title, mark, context, crumbs = [], actions }: VerdictHeaderProps) {
  return (
    <div className="mb-4.5">
      {crumbs.length > 0 && (
        <nav aria-label="Breadcrumbs" className="mb-2 flex flex-wrap items-center gap-1.5 text-sm text-ink-3">
          {crumbs.map((crumb, index) => (
            <Fragment key={index}>
              {index > 0 && <span aria-hidden="true">/</span>}
              {crumb.href === undefined ? (
                <span>{crumb.label}</span>
              ) : (
                <Link
                  href={crumb.href}
                  className="inline-flex min-h-6 min-w-6 items-center rounded-r1 hover:text-ink hover:underline"
                >
                  {crumb.label}
                </Link>
              )}
            </Fragment>
          ))}
        </nav>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="text-xl font-semibold text-balance [overflow-wrap:anywhere]">{title}</h1>
            {mark}
          </div>
          {context !== undefined && <div className="mt-1 max-w-[92ch] text-ink-2 text-pretty">{context}</div>}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap gap-2" data-print="hide">
            {actions}
          </div>
        )}
      </div>
    </div>
  );
}
