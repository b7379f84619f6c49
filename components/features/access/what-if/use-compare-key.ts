"use client";

import { useEffect } from "react";

/** Ctrl+Enter and ⌘+Enter compare, wherever on the page the focus is, but not behind a dialog or menu. */
export function useCompareKey(compare: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      if (document.querySelector("[role=dialog]:not([data-side-panel]), [role=menu]")) return;
      event.preventDefault();
      compare();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [compare]);
}
