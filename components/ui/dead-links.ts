"use client";

import { createContext, useContext } from "react";

/** Whether an address of this product leads to something that is not there, such as an object that is only thought of. */
export const DeadLinks = createContext<(href: string) => boolean>(() => false);

/** The address, or undefined for one that leads nowhere: what it would link is then only named. */
export function useLiveHref(href: string | undefined): string | undefined {
  const isDead = useContext(DeadLinks);
  return href === undefined || isDead(href) ? undefined : href;
}
