"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Popover } from "@base-ui/react/popover";
import { ChevronsUpDown, Plus, SquareStack } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { cx } from "#components/ui/cx.ts";
import { POPUP_ITEM, POPUP_MOTION, POPUP_SURFACE } from "#components/ui/popup-class.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterOption } from "./navigation.ts";

export type ClusterSwitcherProps = {
  readonly clusters: readonly ClusterOption[];
  readonly current: ClusterOption | null;
};

/** Which cluster the page is about, and the way to another one. */
export function ClusterSwitcher({ clusters, current }: ClusterSwitcherProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const go = (href: string) => {
    setOpen(false);
    router.push(href);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="inline-flex h-[30px] min-w-0 items-center gap-2 rounded-r2 border border-line bg-raised px-2.5 transition-colors hover:border-line-strong">
        <span className="sr-only">Cluster:</span>
        {current ? (
          <>
            <SeverityMark level={current.level} iconOnly />
            <span className="truncate font-medium">
              <VisibleText text={current.name} />
            </span>
            <span className="truncate text-ink-3 tabular-nums max-lg:hidden">
              {current.version ?? "version not known"}
              {current.lastScanAt && (
                <>
                  {" · scanned "}
                  <RelativeTime at={current.lastScanAt} ago />
                </>
              )}
            </span>
          </>
        ) : (
          <span className="truncate">All clusters</span>
        )}
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-40">
          <Popover.Popup
            aria-label="Choose a cluster"
            className={cx("w-80 max-w-[calc(100vw-1.5rem)]", POPUP_SURFACE, POPUP_MOTION)}
          >
            <Autocomplete.Root
              open
              inline
              items={clusters}
              itemToStringValue={(cluster: ClusterOption) => cluster.name}
              autoHighlight="always"
              keepHighlight
            >
              <Autocomplete.Input
                aria-label="Find a cluster"
                placeholder="Find a cluster"
                className="h-9 w-full rounded-t-r2 border-b border-line bg-transparent px-3 outline-hidden pointer-coarse:text-lg"
              />
              <Autocomplete.Empty className="px-3 text-ink-3 not-empty:py-3">
                {clusters.length === 0 ? "No cluster has been added yet." : "No cluster has this name."}
              </Autocomplete.Empty>
              <Autocomplete.List className="max-h-72 overflow-y-auto p-1 outline-hidden data-[empty]:p-0">
                {(cluster: ClusterOption) => (
                  <Autocomplete.Item
                    key={cluster.id}
                    value={cluster}
                    onClick={() => go(`/clusters/${cluster.id}`)}
                    className={POPUP_ITEM}
                  >
                    <SeverityMark level={cluster.level} iconOnly />
                    <span className="truncate font-mono text-sm font-medium">
                      <VisibleText text={cluster.name} />
                    </span>
                    <span className="ml-auto shrink-0 text-sm text-ink-3 tabular-nums">
                      {cluster.lastScanAt ? <RelativeTime at={cluster.lastScanAt} ago /> : "no scan yet"}
                    </span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
            <div className="border-t border-line p-1">
              <button type="button" className={cx(POPUP_ITEM, "w-full hover:bg-hover")} onClick={() => go("/")}>
                <SquareStack aria-hidden="true" className="text-ink-3" /> All clusters
              </button>
              <button
                type="button"
                className={cx(POPUP_ITEM, "w-full hover:bg-hover")}
                onClick={() => go("/settings?add=context")}
              >
                <Plus aria-hidden="true" className="text-ink-3" /> Add a cluster
              </button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
