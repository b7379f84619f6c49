import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";
import { SeverityShape } from "./severity-mark.tsx";

export type ErrorStateProps = {
  readonly title: string;
  /** What the reader can do about it. */
  readonly advice: ReactNode;
  readonly code?: string;
  readonly requestId?: string | null;
  readonly actions?: ReactNode;
};

/** Something could not be shown: what, what to do, and the identifiers that find it in the log. */
export function ErrorState({ title, advice, code, requestId, actions }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
      <div className="mb-3 flex size-10 items-center justify-center rounded-r3 border border-line bg-critical-wash">
        <SeverityShape level="critical" className="size-3.5" />
      </div>
      <p className="text-md font-medium">{title}</p>
      <div className="mt-1 max-w-[60ch] text-ink-2">{advice}</div>
      {actions !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
      {(code !== undefined || requestId) && (
        <p className="mt-4 flex flex-wrap items-center justify-center gap-x-2 text-sm text-ink-3">
          {code !== undefined && <code className="font-mono">{code}</code>}
          {requestId && (
            <span className="inline-flex items-center gap-1">
              request <code className="font-mono">{requestId}</code>
              <CopyButton text={requestId} what="request identifier" />
            </span>
          )}
        </p>
      )}
    </div>
  );
}
