import type { BindingRow } from "#lib/contracts/access.ts";
import { Badge } from "./badge.tsx";

/** Why a binding may give nothing, or give something that could not be read; nothing for a role that was found. */
export function RoleStateBadge({ state }: { readonly state: BindingRow["roleState"] }) {
  switch (state) {
    case "found":
      return null;
    case "missing":
      return <Badge tone="medium">does not exist</Badge>;
    case "unreadable":
      return <Badge tone="unknown">could not be read</Badge>;
    case "invalid":
      return <Badge tone="medium">cannot be bound here</Badge>;
  }
}
