"use client";

import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export type PageErrorProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** A page met an error of its own. The digest finds it in the server's log; the message stays there. */
export function PageError({ error, reset }: PageErrorProps) {
  return (
    <>
      <h1 className="sr-only">This page met an error</h1>
      <ErrorState
        title="This page met an error of its own"
        advice="Try again. If it stays, the log of the server tells more under the identifier below."
        requestId={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      />
    </>
  );
}
