"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";
import { POPUP_MOTION } from "./popup-class.ts";

export type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** A question that must be answered or left before anything else; Esc and the cross leave it. */
export function Dialog({ open, onOpenChange, title, description, wide = false, children }: DialogProps) {
  const popupRef = useRef<HTMLDivElement | null>(null);
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-[120ms] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-4 pt-[8vh] max-md:items-end max-md:p-0">
          <BaseDialog.Popup
            ref={popupRef}
            initialFocus={() => popupRef.current?.querySelector<HTMLElement>("input, textarea") ?? popupRef.current}
            className={cx(
              "flex w-full flex-col rounded-r3 border border-line bg-raised shadow-float outline-hidden max-md:max-h-[92dvh] max-md:max-w-none max-md:rounded-b-none",
              wide ? "max-w-[680px]" : "max-w-[440px]",
              POPUP_MOTION,
            )}
          >
            <div className="flex items-start gap-3 px-4 pt-3.5 pb-2">
              <div className="min-w-0">
                <BaseDialog.Title className="text-md font-semibold">{title}</BaseDialog.Title>
                {description !== undefined && (
                  <BaseDialog.Description className="mt-0.5 text-ink-2">{description}</BaseDialog.Description>
                )}
              </div>
              <BaseDialog.Close
                className="ml-auto"
                render={
                  <IconButton label="Close" className="-mt-0.5 -mr-1.5">
                    <X />
                  </IconButton>
                }
              />
            </div>
            <div className="min-h-0 overflow-y-auto px-4 pt-1 pb-4">{children}</div>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The row of buttons that ends a dialog, the main one last. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-4 flex flex-wrap justify-end gap-2">{children}</div>;
}
