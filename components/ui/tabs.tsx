"use client";

import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export type TabOption<T extends string> = {
  readonly value: T;
  readonly label: string;
  readonly count?: number | undefined;
};

export type TabsProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly onValueChange: (value: T) => void;
  readonly tabs: readonly TabOption<T>[];
  /** The content of the chosen tab. */
  readonly children: ReactNode;
};

/** Views of one subject, one at a time; the caller keeps the choice in the URL. */
export function Tabs<T extends string>({ label, value, onValueChange, tabs, children }: TabsProps<T>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next: unknown) => {
        const tab = tabs.find((candidate) => candidate.value === next);
        if (tab) onValueChange(tab.value);
      }}
    >
      <BaseTabs.List
        aria-label={label}
        activateOnFocus={false}
        className="mb-3.5 flex gap-5 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-base text-ink-2 outline-offset-[-2px] transition-colors hover:text-ink data-[active]:border-ink data-[active]:font-medium data-[active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="text-xs text-ink-3 tabular-nums">{tab.count.toLocaleString("en")}</span>
            )}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} tabIndex={-1} className="outline-hidden">
          {tab.value === value && children}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
