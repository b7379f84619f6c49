"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { SubjectsQuery } from "#lib/contracts/access.ts";

const TEXT = parseAsString.withDefault("");
const PARSERS = {
  search: TEXT,
  kind: parseAsStringLiteral(["", "User", "Group", "ServiceAccount"]).withDefault(""),
  severity: parseAsStringLiteral(["", "critical", "high", "medium", "low", "none"]).withDefault(""),
  capability: TEXT,
  namespace: TEXT,
  origin: parseAsStringLiteral(["", "system", "custom"]).withDefault(""),
  reaches: parseAsStringLiteral(["", "cluster-admin"]).withDefault(""),
  without: TEXT,
  sort: parseAsStringLiteral(["risk", "name", "namespace", "bindings", "pods"]).withDefault("risk"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type SubjectFilter = Partial<Omit<SubjectsQuery, "page" | "pageSize">>;

/** The question of the subjects list, kept in the URL. Changing the filter starts at the first page. */
export function useSubjectsQuery() {
  const [state, setState] = useQueryStates(PARSERS);
  return {
    query: { ...state, page: Math.max(1, state.page), pageSize: 50 } satisfies SubjectsQuery,
    setFilter: (filter: SubjectFilter) => void setState({ ...filter, page: null }, { history: "push" }),
    setPage: (page: number) => void setState({ page }, { history: "push" }),
    clear: () =>
      void setState({
        search: null,
        kind: null,
        severity: null,
        capability: null,
        namespace: null,
        origin: null,
        reaches: null,
        without: null,
        page: null,
      }),
  };
}
