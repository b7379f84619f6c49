import type { PathsQuery } from "#lib/contracts/paths.ts";

export const FEW_PATHS = 5;
const MANY_PATHS = 20;

/** What is asked for: server and browser ask alike, so that the page comes with its paths. */
export function pathsQueryOf(to: string, more: boolean): PathsQuery {
  return { to, max: more ? MANY_PATHS : FEW_PATHS };
}
