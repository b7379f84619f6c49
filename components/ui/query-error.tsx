"use client";

import { Button } from "./button.tsx";
import { ErrorState } from "./error-state.tsx";
import { ApiError } from "#lib/client/api-error.ts";

export type QueryErrorProps = {
  readonly error: Error;
  /** What is missing, as the start of a sentence. */
  readonly what: string;
  readonly onRetry: () => void;
  /** Nothing else is on the page: the message is its heading too. */
  readonly wholePage?: boolean;
};

/** A request of the page failed: what the server said, what to do, and the way to try again. */
export function QueryError({ error, what, onRetry, wholePage = false }: QueryErrorProps) {
  const known = error instanceof ApiError ? error : null;
  return (
    <>
      {wholePage && <h1 className="sr-only">{what} could not be loaded</h1>}
      <ErrorState
        title={`${what} could not be loaded`}
        advice={
          <>
            {known?.message ?? "This page met an error of its own."} {known?.hint}
          </>
        }
        code={known?.code}
        requestId={known?.requestId}
        actions={<Button onClick={onRetry}>Try again</Button>}
      />
    </>
  );
}
