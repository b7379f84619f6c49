"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { POPUP_MOTION } from "./popup-class.ts";
import { cx } from "./cx.ts";

export type TooltipProps = {
  readonly text: ReactNode;
  /** The element the tooltip belongs to; it must be focusable and already have its own accessible name. */
  readonly children: ReactElement;
};

export function Tooltip({ text, children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-50">
          <BaseTooltip.Popup
            className={cx(
              "max-w-80 rounded-r1 bg-ink px-2 py-1 text-sm break-words text-paper shadow-float",
              POPUP_MOTION,
            )}
          >
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
