"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx.ts";
import { POPUP_MOTION, POPUP_SURFACE } from "./popup-class.ts";

export type PopoverProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly title: string;
  readonly align?: "start" | "center" | "end";
  readonly children: ReactNode;
};

/** A small panel beside its button, for more than a tooltip can hold. */
export function Popover({ trigger, title, align = "end", children }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={6} align={align} className="z-40">
          <BasePopover.Popup
            className={cx(
              "max-h-[min(26rem,var(--available-height))] w-80 max-w-[calc(100vw-2rem)] overflow-auto p-3.5",
              POPUP_SURFACE,
              POPUP_MOTION,
            )}
          >
            <BasePopover.Title className="mb-1.5 text-base font-semibold">{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
