import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import { CONTROL } from "./field-class.ts";
import { Field } from "./field.tsx";

export type TextFieldProps = Omit<ComponentProps<"input">, "id"> & {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly mono?: boolean;
};

export function TextField({ label, hideLabel, hint, error, mono = false, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      {(control) => (
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          {...control}
          className={cx(CONTROL, mono && "font-mono")}
        />
      )}
    </Field>
  );
}
