import type { ReactNode } from "react";

export type EmptyStateProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  /** Why there is nothing, and what that means. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon !== undefined && (
        <div className="mb-3 flex size-10 items-center justify-center rounded-r3 border border-line bg-sunken text-ink-3 [&_svg]:size-[18px]">
          {icon}
        </div>
      )}
      <p className="text-md font-medium">{title}</p>
      {children !== undefined && <div className="mt-1 max-w-[56ch] text-ink-2">{children}</div>}
      {actions !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
