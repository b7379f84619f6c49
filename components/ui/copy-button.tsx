"use client";

import { Check, Copy, X } from "lucide-react";
import { IconButton } from "./icon-button.tsx";
import { useCopy, type CopyState } from "./use-copy.ts";

export type CopyButtonProps = {
  readonly text: string;
  /** What is copied, as in "Copy name". */
  readonly what: string;
  readonly className?: string;
};

export function CopyButton({ text, what, className }: CopyButtonProps) {
  const [state, copy] = useCopy();
  return (
    <>
      <IconButton label={labelOf(state, what)} className={className} onClick={() => copy(text)}>
        {state === "copied" ? (
          <Check className="text-pass" />
        ) : state === "failed" ? (
          <X className="text-critical" />
        ) : (
          <Copy />
        )}
      </IconButton>
      <span role="status" className="sr-only">
        {state === "idle" ? "" : labelOf(state, what)}
      </span>
    </>
  );
}

function labelOf(state: CopyState, what: string): string {
  if (state === "copied") return "Copied";
  return state === "failed" ? "The browser refused to copy" : `Copy ${what}`;
}
