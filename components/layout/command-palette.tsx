"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { cx } from "#components/ui/cx.ts";
import { POPUP_GROUP_LABEL, POPUP_ITEM, POPUP_MOTION } from "#components/ui/popup-class.ts";
import { Spinner } from "#components/ui/spinner.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PaletteGroup, PaletteItem, PaletteProvider } from "./palette-provider.ts";
import { usePaletteResults } from "./use-palette-results.ts";

export type CommandPaletteProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly providers: readonly PaletteProvider[];
};

/** Goes to any page, cluster or object, and understands questions. */
export function CommandPalette({ open, onOpenChange, providers }: CommandPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity duration-[120ms] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-3 pt-[12vh] max-md:pt-3">
          <Dialog.Popup
            aria-label="Search or ask"
            className={cx(
              "flex max-h-[min(34rem,80dvh)] w-full max-w-[600px] flex-col overflow-hidden rounded-r3 border border-line bg-raised shadow-float outline-hidden",
              POPUP_MOTION,
            )}
          >
            <PaletteBody providers={providers} onDone={() => onOpenChange(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({
  providers,
  onDone,
}: {
  readonly providers: readonly PaletteProvider[];
  readonly onDone: () => void;
}) {
  const router = useRouter();
  const [text, setText] = useState("");
  const { groups, pending, answered, failed } = usePaletteResults(providers, text);
  // Enter came before the answer: what stands there still belongs to an older text. The first answer is opened when it is there.
  const [awaited, setAwaited] = useState<string | null>(null);
  const choose = (item: PaletteItem) => {
    onDone();
    router.push(item.href);
  };
  const openFirst = useEffectEvent(() => {
    const first = groups[0]?.items[0];
    if (first) choose(first);
  });
  useEffect(() => {
    if (awaited !== null && awaited === answered) openFirst();
  }, [awaited, answered]);
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      value={text}
      onValueChange={(value, details) => {
        if (details.reason === "item-press") return;
        setText(value);
        setAwaited(null);
      }}
      itemToStringValue={(item: PaletteItem) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line px-3.5">
        {pending ? <Spinner /> : <Search aria-hidden="true" className="size-[15px] shrink-0 text-ink-3" />}
        <Autocomplete.Input
          aria-label="Search or ask"
          placeholder="Search or ask “who can get secrets in payments”"
          onKeyDown={(event) => {
            if (event.key !== "Enter" || answered === text) return;
            event.preventDefault();
            event.preventBaseUIHandler();
            setAwaited(text);
          }}
          className="h-full min-w-0 flex-1 bg-transparent text-md outline-hidden pointer-coarse:text-lg"
        />
        <Dialog.Close className="rounded-r1">
          <span className="sr-only">Close </span>
          <Kbd>Esc</Kbd>
        </Dialog.Close>
      </div>
      {failed.length > 0 && (
        <p role="status" className="border-b border-line px-3.5 py-2 text-sm text-high">
          {failed.join(" and ")} could not be searched.
        </p>
      )}
      <Autocomplete.Empty className="px-3.5 text-ink-3 not-empty:py-6">
        {pending ? null : "Nothing found. Questions look like “who can create pods in shop”."}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 scroll-py-2 overflow-y-auto p-1.5 outline-hidden data-[empty]:p-0">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.id} items={group.items}>
            <Autocomplete.GroupLabel className={POPUP_GROUP_LABEL}>{group.title}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => (
                <Autocomplete.Item
                  key={item.id}
                  value={item}
                  onClick={() => choose(item)}
                  className={cx(POPUP_ITEM, "min-h-9 max-md:min-h-11")}
                >
                  {item.kind !== undefined && (
                    <span className="shrink-0 text-2xs font-medium text-ink-3">{item.kind}</span>
                  )}
                  <span className={cx("min-w-0 truncate", item.mono && "font-mono text-sm font-medium")}>
                    {item.namespace && (
                      <span className="text-ink-3">
                        <VisibleText text={item.namespace} />/
                      </span>
                    )}
                    <VisibleText text={item.label} />
                  </span>
                  {item.hint !== undefined && (
                    <span className="ml-auto max-w-[45%] shrink-0 truncate pl-4 text-sm text-ink-3">
                      <VisibleText text={item.hint} />
                    </span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <div className="flex shrink-0 items-center gap-4 border-t border-line px-3.5 py-2 text-sm text-ink-3 max-md:hidden">
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> choose
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd> open
        </span>
      </div>
    </Autocomplete.Root>
  );
}
