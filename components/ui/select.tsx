import { ChevronsUpDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";
import { CONTROL } from "./field-class.ts";
import { Field } from "./field.tsx";

export type SelectOption<T extends string> = { readonly value: T; readonly label: string };

export type SelectProps<T extends string> = Omit<ComponentProps<"select">, "id" | "value" | "onChange" | "children"> & {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: T;
  readonly onValueChange: (value: T) => void;
  readonly options: readonly SelectOption<T>[];
};

/** A short list of choices. The browser's own list: right on phones, with screen readers and without scripts. */
export function Select<T extends string>({
  label,
  hideLabel,
  value,
  onValueChange,
  options,
  className,
  ...rest
}: SelectProps<T>) {
  return (
    <Field label={label} hideLabel={hideLabel} className={className}>
      {(control) => (
        <div className="relative">
          <select
            // Browsers put back what was chosen when they go back or reload, behind React's back.
            autoComplete="off"
            {...rest}
            {...control}
            value={value}
            onChange={(event) => {
              const option = options.find((candidate) => candidate.value === event.target.value);
              if (option) onValueChange(option.value);
            }}
            className={cx(CONTROL, "appearance-none pr-7")}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronsUpDown
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-3"
          />
        </div>
      )}
    </Field>
  );
}
