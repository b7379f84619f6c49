import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import { CONTROL_FRAME } from "./field-class.ts";
import { Field } from "./field.tsx";

export type TextareaProps = Omit<ComponentProps<"textarea">, "id"> & {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly mono?: boolean;
};

export function Textarea({ label, hint, error, mono = false, className, rows = 8, ...rest }: TextareaProps) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(control) => (
        <textarea
          spellCheck={false}
          {...rest}
          {...control}
          rows={rows}
          className={cx(CONTROL_FRAME, "resize-y py-2", mono ? "font-mono text-sm" : "text-base")}
        />
      )}
    </Field>
  );
}
