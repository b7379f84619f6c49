"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { BindingsQuery } from "#lib/contracts/access.ts";

const PARSERS = {
  search: parseAsString.withDefault(""),
  kind: parseAsStringLiteral(["", "RoleBinding", "ClusterRoleBinding"]).withDefault(""),
  namespace: parseAsString.withDefault(""),
  origin: parseAsStringLiteral(["", "system", "custom"]).withDefault(""),
  problem: parseAsStringLiteral(["", "missing-role", "missing-subject", "no-subjects"]).withDefault(""),
  sort: parseAsStringLiteral(["risk", "name", "namespace", "role", "subjects"]).withDefault("risk"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type BindingFilter = Partial<Omit<BindingsQuery, "page" | "pageSize">>;

export function useBindingsQuery() {
  const [state, setState] = useQueryStates(PARSERS);
  return {
    query: { ...state, page: Math.max(1, state.page), pageSize: 50 } satisfies BindingsQuery,
    setFilter: (filter: BindingFilter) => void setState({ ...filter, page: null }, { history: "push" }),
    setPage: (page: number) => void setState({ page }, { history: "push" }),
    clear: () => void setState({ search: null, kind: null, namespace: null, origin: null, problem: null, page: null }),
  };
}
