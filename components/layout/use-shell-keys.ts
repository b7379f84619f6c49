"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isTyping } from "#components/ui/is-typing.ts";

export type ShellKeys = {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
  /** Second key after `g`, and where it goes. */
  readonly places: ReadonlyMap<string, string>;
};

const SEQUENCE_MS = 900;

/** The keys that work on every page: ⌘K and Ctrl-K, `/`, `?` and `g` with a letter. */
export function useShellKeys({ onPalette, onHelp, places }: ShellKeys): void {
  const router = useRouter();
  useEffect(() => {
    let goUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onPalette();
        return;
      }
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("[aria-modal='true']")) return;
      const place = event.timeStamp < goUntil ? places.get(event.key) : undefined;
      goUntil = event.key === "g" ? event.timeStamp + SEQUENCE_MS : 0;
      if (place !== undefined) router.push(place);
      else if (event.key === "?") onHelp();
      else if (event.key === "/") document.querySelector<HTMLElement>("[data-filter]")?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onPalette, onHelp, places, router]);
}
