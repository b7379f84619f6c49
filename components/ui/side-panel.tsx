"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { CopyLinkButton } from "./copy-link-button.tsx";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";

export type SidePanelProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** What kind of thing is shown; small, above the title. */
  readonly kicker?: ReactNode;
  readonly children: ReactNode;
};

/**
 * Detail beside the list it belongs to: at the right on a desk, a bottom sheet on a phone. It leaves the page usable, so
 * another row can be picked while it is open; Esc and the cross close it and give the focus back.
 */
export function SidePanel({ open, onClose, title, kicker, children }: SidePanelProps) {
  const popupRef = useRef<HTMLDivElement | null>(null);
  return (
    <BaseDialog.Root
      open={open}
      modal={false}
      disablePointerDismissal
      onOpenChange={(next, details) => {
        // Working in the list takes the focus out of the panel; that is no reason to close it.
        if (details.reason === "focus-out" || details.reason === "outside-press") details.cancel();
        else if (!next) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Popup
          ref={popupRef}
          data-side-panel=""
          initialFocus={popupRef}
          className={cx(
            "fixed z-30 flex flex-col bg-surface shadow-float outline-hidden",
            "top-12 right-0 bottom-0 w-[clamp(380px,32vw,480px)] border-l border-line",
            "max-md:top-auto max-md:left-0 max-md:max-h-[82dvh] max-md:w-full max-md:rounded-t-r3 max-md:border-t max-md:border-l-0",
            "transition-[translate,opacity] duration-[140ms] ease-out",
            "data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 md:data-[ending-style]:translate-x-6 md:data-[starting-style]:translate-x-6 max-md:data-[ending-style]:translate-y-8 max-md:data-[starting-style]:translate-y-8",
          )}
        >
          <div className="flex items-start gap-2 border-b border-line py-2.5 pr-2 pl-4">
            <div className="min-w-0 py-0.5">
              {kicker !== undefined && <div className="text-sm text-ink-3">{kicker}</div>}
              <BaseDialog.Title className="text-md font-semibold break-words">{title}</BaseDialog.Title>
            </div>
            <div className="ml-auto flex">
              <CopyLinkButton />
              <BaseDialog.Close
                render={
                  <IconButton label="Close panel">
                    <X />
                  </IconButton>
                }
              />
            </div>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-4">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export type PanelSectionProps = { readonly title: string; readonly children: ReactNode };

/** One of the parts of a panel: what, why, impact, fix, history. */
export function PanelSection({ title, children }: PanelSectionProps) {
  return (
    <section className="mb-5 last:mb-0">
      <h3 className="mb-1.5 text-sm font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  );
}
