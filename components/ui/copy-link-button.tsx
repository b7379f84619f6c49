"use client";

import { Check, Link2, X } from "lucide-react";
import { IconButton } from "./icon-button.tsx";
import { useCopy } from "./use-copy.ts";

/** Copies the address of the page as it stands; the whole view is in it. */
export function CopyLinkButton() {
  const [state, copy] = useCopy();
  const label =
    state === "copied" ? "Copied" : state === "failed" ? "The browser refused to copy" : "Copy link to this view";
  return (
    <IconButton label={label} onClick={() => copy(window.location.href)}>
      {state === "copied" ? (
        <Check className="text-pass" />
      ) : state === "failed" ? (
        <X className="text-critical" />
      ) : (
        <Link2 />
      )}
    </IconButton>
  );
}
