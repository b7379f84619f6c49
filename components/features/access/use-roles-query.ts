"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { RolesQuery } from "#lib/contracts/access.ts";

const PARSERS = {
  search: parseAsString.withDefault(""),
  kind: parseAsStringLiteral(["", "Role", "ClusterRole"]).withDefault(""),
  namespace: parseAsString.withDefault(""),
  origin: parseAsStringLiteral(["", "system", "custom"]).withDefault(""),
  use: parseAsStringLiteral(["", "bound", "unbound"]).withDefault(""),
  from: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(["risk", "name", "namespace", "rules", "bindings", "subjects"]).withDefault("risk"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type RoleFilter = Partial<Omit<RolesQuery, "page" | "pageSize">>;

export function useRolesQuery() {
  const [state, setState] = useQueryStates(PARSERS);
  return {
    query: { ...state, page: Math.max(1, state.page), pageSize: 50 } satisfies RolesQuery,
    setFilter: (filter: RoleFilter) => void setState({ ...filter, page: null }, { history: "push" }),
    setPage: (page: number) => void setState({ page }, { history: "push" }),
    clear: () =>
      void setState({ search: null, kind: null, namespace: null, origin: null, use: null, from: null, page: null }),
  };
}
