import { ApiError } from "#lib/client/api-error.ts";
import { Callout } from "./callout.tsx";

/** An action failed: what the server said, beside the place where it was asked for. */
export function InlineError({ error }: { readonly error: Error }) {
  const known = error instanceof ApiError ? error : null;
  return (
    <Callout tone="critical" live title={known?.message ?? "This did not work."}>
      {known?.hint}
      {known?.requestId && <span className="block text-sm">request {known.requestId}</span>}
    </Callout>
  );
}
