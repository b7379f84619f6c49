"use client";

import { Keyboard, Search } from "lucide-react";
import Link from "next/link";
import { useMemo, useState, type ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { BrandMark } from "./brand-mark.tsx";
import { ClusterSwitcher } from "./cluster-switcher.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { MobileNav } from "./mobile-nav.tsx";
import { NavRail } from "./nav-rail.tsx";
import type { ClusterOption, NavSection } from "./navigation.ts";
import type { PaletteProvider } from "./palette-provider.ts";
import { ThemeMenu } from "./theme-menu.tsx";
import { useShellKeys } from "./use-shell-keys.ts";

export type AppShellProps = {
  readonly sections: readonly NavSection[];
  readonly clusters: readonly ClusterOption[];
  readonly current: ClusterOption | null;
  readonly providers: readonly PaletteProvider[];
  /** A message about the whole product, above the page: demo data, worker away. */
  readonly notice?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every signed-in page: bar, rail, content. */
export function AppShell({ sections, clusters, current, providers, notice, children }: AppShellProps) {
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const currentId = current?.id;
  const keys = useMemo(() => {
    const places = new Map([
      ["h", "/"],
      ["s", "/settings"],
    ]);
    if (currentId !== undefined) places.set("o", `/clusters/${currentId}`).set("a", `/clusters/${currentId}/access`);
    return { onPalette: () => setPaletteOpen(true), onHelp: () => setHelpOpen(true), places };
  }, [currentId]);
  useShellKeys(keys);
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[208px_minmax(0,1fr)] md:grid-rows-[48px_1fr] print:block">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-r2 bg-ink px-3 py-2 text-paper focus-visible:translate-y-0"
      >
        Skip to the content
      </a>
      <header
        data-print="hide"
        className="sticky top-0 z-20 col-span-2 flex h-12 items-center gap-2.5 border-b border-line bg-surface px-4 max-md:px-3"
      >
        <MobileNav sections={sections} />
        <Link
          href="/"
          className="flex h-8 min-w-6 shrink-0 items-center gap-2 rounded-r1 font-semibold tracking-tight md:w-[182px]"
        >
          <BrandMark />
          <span className="max-sm:sr-only">Kordon</span>
        </Link>
        <ClusterSwitcher clusters={clusters} current={current} />
        <div className="ml-auto flex min-w-0 items-center gap-1 max-lg:shrink-0">
          <button
            type="button"
            aria-keyshortcuts="Meta+K Control+K"
            onClick={() => setPaletteOpen(true)}
            className="inline-flex h-[30px] items-center justify-between gap-2 rounded-r2 border border-line bg-raised px-2.5 text-ink-3 transition-colors hover:border-line-strong lg:min-w-72 max-lg:w-[30px] max-lg:justify-center max-lg:px-0"
          >
            <Search aria-hidden="true" className="size-[15px] lg:hidden" />
            <span className="truncate max-lg:sr-only">Search or ask “who can get secrets”</span>
            <span className="max-lg:hidden" aria-hidden="true">
              <Kbd>⌘K</Kbd>
            </span>
          </button>
          <IconButton label="Keyboard" className="max-md:hidden" onClick={() => setHelpOpen(true)}>
            <Keyboard />
          </IconButton>
          <ThemeMenu />
        </div>
      </header>
      <div data-print="hide" className="border-r border-line bg-surface max-md:hidden">
        <div className="sticky top-12 max-h-[calc(100dvh-48px)] overflow-y-auto px-2 py-3">
          <NavRail sections={sections} />
        </div>
      </div>
      <main
        id="content"
        tabIndex={-1}
        className="w-full max-w-[1360px] min-w-0 px-7 pt-5.5 pb-16 outline-hidden max-md:px-4 max-md:pt-4"
      >
        {notice}
        {children}
      </main>
      <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} providers={providers} />
      <KeyboardHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </div>
  );
}
