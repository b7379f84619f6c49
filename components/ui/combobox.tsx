"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useId, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { CONTROL } from "./field-class.ts";
import { POPUP_ITEM, POPUP_MOTION, POPUP_SURFACE } from "./popup-class.ts";
import { useHydrated } from "./use-hydrated.ts";
import { VisibleText } from "./visible-text.tsx";

export type ComboboxProps = {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** Suggestions; a value outside the list is allowed. */
  readonly options: readonly string[];
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly mono?: boolean;
  /** The caller already filtered the options for the current value. */
  readonly prefiltered?: boolean;
  readonly className?: string;
};

/** A text field that suggests known values and accepts others. */
export function Combobox({
  label,
  hideLabel = false,
  value,
  onValueChange,
  options,
  placeholder,
  hint,
  mono = false,
  prefiltered = false,
  className,
}: ComboboxProps) {
  const id = useId();
  // Suggestions need scripts, and their hidden input carries inline styles, which the content security policy forbids in HTML.
  const scripted = useHydrated();
  const field = {
    id,
    placeholder,
    spellCheck: false,
    autoComplete: "off",
    "aria-describedby": hint === undefined ? undefined : `${id}-hint`,
    className: cx(CONTROL, mono && "font-mono"),
  };
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "mb-1 block text-sm font-medium text-ink-2"}>
        {label}
      </label>
      {scripted ? (
        <Autocomplete.Root
          items={options}
          value={value}
          onValueChange={onValueChange}
          mode={prefiltered ? "none" : "list"}
          openOnInputClick
          limit={50}
        >
          <Autocomplete.Input {...field} />
          <Autocomplete.Portal>
            <Autocomplete.Positioner sideOffset={4} align="start" className="z-50 outline-hidden">
              <Autocomplete.Popup
                className={cx(
                  "w-[var(--anchor-width)] min-w-48 max-w-[var(--available-width)] data-[empty]:hidden",
                  POPUP_SURFACE,
                  POPUP_MOTION,
                )}
              >
                <Autocomplete.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto p-1 outline-hidden">
                  {(option: string) => (
                    <Autocomplete.Item
                      key={option}
                      value={option}
                      className={cx(POPUP_ITEM, "min-h-7", mono && "font-mono")}
                    >
                      <span className="min-w-0 py-0.5 [overflow-wrap:anywhere]">
                        <VisibleText text={option} />
                      </span>
                    </Autocomplete.Item>
                  )}
                </Autocomplete.List>
              </Autocomplete.Popup>
            </Autocomplete.Positioner>
          </Autocomplete.Portal>
        </Autocomplete.Root>
      ) : (
        <input {...field} value={value} onChange={(event) => onValueChange(event.target.value)} />
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
