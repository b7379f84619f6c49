"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Menu, X } from "lucide-react";
import { useState } from "react";
import { BrandMark } from "./brand-mark.tsx";
import { NavRail } from "./nav-rail.tsx";
import type { NavSection } from "./navigation.ts";

/** The rail behind a button, for phones. */
export function MobileNav({ sections }: { readonly sections: readonly NavSection[] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label="Pages"
        className="-ml-1.5 inline-flex size-9 items-center justify-center rounded-r2 text-ink-2 hover:bg-hover md:hidden"
      >
        <Menu aria-hidden="true" className="size-[18px]" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-[120ms] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-40 flex w-64 max-w-[85vw] flex-col border-r border-line bg-surface p-2 shadow-float outline-hidden transition-[translate] duration-[140ms] ease-out data-[ending-style]:-translate-x-full data-[starting-style]:-translate-x-full">
          <div className="mb-2 flex h-10 items-center gap-2 px-2">
            <BrandMark />
            <Dialog.Title className="font-semibold tracking-tight">Kordon</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="ml-auto inline-flex size-9 items-center justify-center rounded-r2 text-ink-2 hover:bg-hover"
            >
              <X aria-hidden="true" className="size-[18px]" />
            </Dialog.Close>
          </div>
          <NavRail sections={sections} onNavigate={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
