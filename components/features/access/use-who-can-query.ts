"use client";

import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import type { WhoCanQuery } from "#lib/contracts/access.ts";

const TEXT = parseAsString.withDefault("");
const PARSERS = {
  verb: TEXT,
  resource: TEXT,
  namespace: TEXT,
  name: TEXT,
  path: TEXT,
  search: TEXT,
  page: parseAsInteger.withDefault(1),
};

export type WhoCanQuestion = Pick<WhoCanQuery, "verb" | "resource" | "namespace" | "name" | "path">;

/** The who-can question, kept in the URL so that an answer can be sent to somebody. */
export function useWhoCanQuery() {
  const [state, setState] = useQueryStates(PARSERS);
  return {
    query: { ...state, page: Math.max(1, state.page), pageSize: 50 } satisfies WhoCanQuery,
    ask: (question: WhoCanQuestion) => void setState({ ...question, search: null, page: null }, { history: "push" }),
    setSearch: (search: string) => void setState({ search, page: null }),
    setPage: (page: number) => void setState({ page }, { history: "push" }),
  };
}
