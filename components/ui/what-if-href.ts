import { formatRemovedObject } from "#lib/contracts/removed-object.ts";

/** The page that tells what would change without a role, binding or service account. */
export function whatIfHref(
  clusterId: string,
  removed: { readonly kind: string; readonly namespace?: string | undefined; readonly name: string },
): string {
  const query = new URLSearchParams({ tab: "what-if", remove: formatRemovedObject(removed) });
  return `/clusters/${clusterId}/access?${query.toString()}`;
}
