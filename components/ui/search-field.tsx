"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "./cx.ts";
import { CONTROL } from "./field-class.ts";

export type SearchFieldProps = {
  readonly label: string;
  readonly value: string;
  /** Called a moment after the last key, or when the field is left. */
  readonly onValueChange: (value: string) => void;
  readonly className?: string;
};

const PAUSE_MS = 220;

/** The filter of a list; the key `/` puts the cursor here. */
export function SearchField({ label, value, onValueChange, className }: SearchFieldProps) {
  const [draft, setDraft] = useState({ text: value, base: value });
  // The URL changed by other means, such as the back button: it wins over what was typed.
  if (draft.base !== value) setDraft({ text: value, base: value });
  useEffect(() => {
    if (draft.text === value) return;
    const timer = setTimeout(() => onValueChange(draft.text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft.text, value, onValueChange]);
  return (
    <div className={cx("relative", className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        data-filter=""
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={draft.text}
        onChange={(event) => setDraft({ text: event.target.value, base: value })}
        onBlur={() => draft.text !== value && onValueChange(draft.text)}
        className={cx(CONTROL, "pl-8")}
      />
    </div>
  );
}
