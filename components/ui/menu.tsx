"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { POPUP_GROUP_LABEL, POPUP_ITEM, POPUP_MOTION, POPUP_SURFACE } from "./popup-class.ts";

export type MenuProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly align?: "start" | "center" | "end";
  readonly children: ReactNode;
};

export function Menu({ trigger, align = "end", children }: MenuProps) {
  const [container, setContainer] = useState<HTMLElement | undefined>(undefined);
  return (
    // Inside the main landmark, so that its entries are reached like the rest of the page.
    <BaseMenu.Root onOpenChange={(open) => open && setContainer(document.querySelector("main") ?? undefined)}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal container={container}>
        <BaseMenu.Positioner sideOffset={6} align={align} className="z-40 outline-hidden">
          <BaseMenu.Popup className={cx("min-w-44 p-1", POPUP_SURFACE, POPUP_MOTION)}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export type MenuItemProps = {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly tone?: "plain" | "danger";
  readonly disabled?: boolean;
  readonly children: ReactNode;
};

export function MenuItem({ onSelect, icon, tone = "plain", disabled = false, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      onClick={onSelect}
      disabled={disabled}
      className={cx(POPUP_ITEM, tone === "danger" && "text-critical")}
    >
      {icon}
      {children}
    </BaseMenu.Item>
  );
}

export type MenuChoiceProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly onValueChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
};

/** Entries of which exactly one is chosen. */
export function MenuChoice<T extends string>({ label, value, onValueChange, options }: MenuChoiceProps<T>) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className={POPUP_GROUP_LABEL}>{label}</BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup
        value={value}
        onValueChange={(next: unknown) => {
          const option = options.find((candidate) => candidate.value === next);
          if (option) onValueChange(option.value);
        }}
      >
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={POPUP_ITEM}>
            {option.icon}
            {option.label}
            <BaseMenu.RadioItemIndicator className="ml-auto pl-4 text-accent-ink">
              <Check aria-hidden="true" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  );
}

export type MenuToggleProps = {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly children: ReactNode;
};

export function MenuToggle({ checked, onCheckedChange, children }: MenuToggleProps) {
  return (
    <BaseMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      closeOnClick={false}
      className={POPUP_ITEM}
    >
      {children}
      <BaseMenu.CheckboxItemIndicator className="ml-auto pl-4 text-accent-ink">
        <Check aria-hidden="true" />
      </BaseMenu.CheckboxItemIndicator>
    </BaseMenu.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}
