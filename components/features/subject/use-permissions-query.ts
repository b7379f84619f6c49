"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { PermissionsQuery } from "#lib/contracts/access.ts";

const PARSERS = {
  search: parseAsString.withDefault(""),
  scope: parseAsString.withDefault(""),
  dangerous: parseAsStringLiteral(["", "yes"]).withDefault(""),
  sort: parseAsStringLiteral(["risk", "resources", "verbs", "scope"]).withDefault("risk"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type PermissionFilter = Partial<Omit<PermissionsQuery, "page" | "pageSize">>;

export function usePermissionsQuery() {
  const [state, setState] = useQueryStates(PARSERS);
  return {
    query: { ...state, page: Math.max(1, state.page), pageSize: 25 } satisfies PermissionsQuery,
    setFilter: (filter: PermissionFilter) => void setState({ ...filter, page: null }, { history: "push" }),
    setPage: (page: number) => void setState({ page }, { history: "push" }),
    clear: () => void setState({ search: null, scope: null, dangerous: null, page: null }),
  };
}
