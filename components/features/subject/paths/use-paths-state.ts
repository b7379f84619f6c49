"use client";

import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { FEW_PATHS, pathsQueryOf } from "./paths-query.ts";

export const PATH_VIEWS = ["steps", "drawing"] as const;
export type PathView = (typeof PATH_VIEWS)[number];

const PARSERS = {
  /** The target; empty: the worst one. */
  to: parseAsString.withDefault(""),
  /** The chosen path, from 1; 0: none is open. */
  path: parseAsInteger.withDefault(1),
  view: parseAsStringLiteral(PATH_VIEWS).withDefault("steps"),
  more: parseAsBoolean.withDefault(false),
};

/** What the card of paths shows, in the URL: target, chosen path, steps or drawing. */
export function usePathsState() {
  const [{ to, path, view, more }, setState] = useQueryStates(PARSERS);
  return {
    query: pathsQueryOf(to, more),
    /** Position of the chosen path; -1: none. */
    chosen: path - 1,
    view,
    setTarget: (id: string) => void setState({ to: id, path: null, more: null }, { history: "push" }),
    choose: (position: number) => void setState({ path: position + 1 }),
    setView: (next: PathView) => void setState({ view: next }),
    /** As many as were asked for were found, and more may be asked for. */
    mayShowMore: (found: number) => !more && found >= FEW_PATHS,
    showMore: () => void setState({ more: true }),
  };
}
