"use client";

import { useSyncExternalStore } from "react";

const unsubscribe = () => undefined;
const subscribe = () => unsubscribe;

/** False in the HTML of the server and in the first picture of the browser, true afterwards. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
