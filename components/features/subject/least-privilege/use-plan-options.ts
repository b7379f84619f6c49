"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { NAME_CHOICES, SCOPE_CHOICES } from "#lib/contracts/least-privilege.ts";

export const USE_STATES = ["unused", "partly", "used"] as const;
export type UseState = (typeof USE_STATES)[number];

const PARSERS = {
  names: parseAsStringLiteral(NAME_CHOICES).withDefault("exact"),
  /** `scope` is the permissions' filter. */
  roles: parseAsStringLiteral(SCOPE_CHOICES).withDefault("namespace"),
  use: parseAsStringLiteral(["", ...USE_STATES]).withDefault(""),
};

/** How the new roles shall look and which of the present rules are shown, in the URL. The log itself cannot stand there. */
export function usePlanOptions() {
  const [{ names, roles, use }, setState] = useQueryStates(PARSERS);
  return {
    options: { names, scope: roles },
    use,
    setNames: (next: typeof names) => void setState({ names: next }),
    setScope: (next: typeof roles) => void setState({ roles: next }),
    setUse: (next: UseState | "") => void setState({ use: next }),
  };
}
