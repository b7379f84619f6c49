"use client";

import { createContext, useContext, useEffect, useState, type ReactNode } from "react";

const NowContext = createContext<number | null>(null);

export type NowProviderProps = {
  /** Epoch milliseconds at which the server rendered: both sides draw the same first picture from it. */
  readonly initialNow: number;
  readonly children: ReactNode;
};

export function NowProvider({ initialNow, children }: NowProviderProps) {
  const [now, setNow] = useState(initialNow);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 15_000);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

/** The time of the page in epoch milliseconds; null outside a provider. */
export function useNow(): number | null {
  return useContext(NowContext);
}
