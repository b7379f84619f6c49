"use client";

import {
  renderQueryString,
  unstable_createAdapterProvider as createAdapterProvider,
  type unstable_AdapterInterface as AdapterInterface,
  type unstable_UpdateUrlFunction as UpdateUrl,
} from "nuqs/adapters/custom";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { usePathname, useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore, type ReactNode } from "react";

/** Told after every change of the address, whoever made it. */
const listeners = new Set<() => void>();
let watching = false;
/** The address on which a link was followed that has not led away yet, and when. */
let left: { readonly address: string; readonly at: number } | null = null;

/** After this long a followed link counts as one that leads nowhere. */
const LEAVING_MS = 5_000;

/**
 * The state of views in the URL. Next tells a change of the address in a transition, and one that a slow browser has not drawn yet is skipped when
 * the next comes: whoever pressed Back at once kept the view that they had left. So what the address says is read from the address itself; Next's
 * word counts while another page than the drawn one is in it.
 */
export function UrlState({ children }: { readonly children: ReactNode }) {
  // The outer adapter drops changes that still wait when another page comes.
  return (
    <NuqsAdapter>
      <AddressProvider>{children}</AddressProvider>
    </NuqsAdapter>
  );
}

const AddressProvider = createAdapterProvider(useAddress);

function useAddress(): AdapterInterface {
  const routed = useSearchParams();
  const pathname = usePathname();
  const address = useSyncExternalStore(subscribe, readAddress, () => null);
  const [addressPath, addressSearch] = address === null ? [null, ""] : splitAddress(address);
  const search = addressPath === pathname ? addressSearch : routed.toString();
  const searchParams = useMemo(() => new URLSearchParams(search), [search]);
  return { searchParams, pathname, updateUrl };
}

const updateUrl: UpdateUrl = (search, { history: mode, scroll }) => {
  // The state of a page that is being left: Next would end the navigation for it.
  if (isLeaving()) return;
  const url = `${location.pathname}${renderQueryString(search)}${location.hash}`;
  // Next replaces the state by its own.
  if (mode === "push") history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  if (scroll) window.scrollTo(0, 0);
};

function readAddress(): string {
  return location.pathname + location.search;
}

function splitAddress(address: string): readonly [string, string] {
  const at = address.indexOf("?");
  return at === -1 ? [address, ""] : [address.slice(0, at), new URLSearchParams(address.slice(at)).toString()];
}

function subscribe(listener: () => void): () => void {
  watchHistory();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The browser tells of going back and forward, not of what scripts do. */
function watchHistory() {
  if (watching) return;
  watching = true;
  window.addEventListener("click", noteLink, { capture: true });
  window.addEventListener("popstate", tell);
  for (const method of ["pushState", "replaceState"] as const) {
    const original = history[method].bind(history);
    history[method] = (...parameters: Parameters<History["pushState"]>) => {
      original(...parameters);
      // Next calls these while React draws, when nothing may be told.
      queueMicrotask(tell);
    };
  }
}

function noteLink(event: MouseEvent) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname + link.search !== readAddress()) left = { address: readAddress(), at: performance.now() };
}

function isLeaving(): boolean {
  return left !== null && left.address === readAddress() && performance.now() - left.at < LEAVING_MS;
}

function tell() {
  for (const listener of listeners) listener();
}
