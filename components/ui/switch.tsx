import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

export type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & { readonly children: ReactNode };

/** A setting that takes effect at once. */
export function Switch({ children, className, ...rest }: SwitchProps) {
  return (
    <label className={cx("inline-flex min-h-6 items-center gap-2 text-base", className)}>
      <input
        type="checkbox"
        role="switch"
        {...rest}
        className={cx(
          "relative h-4 w-7 shrink-0 appearance-none rounded-full border border-control bg-sunken transition-colors",
          "before:absolute before:top-1/2 before:left-[2px] before:size-2.5 before:-translate-y-1/2 before:rounded-full before:bg-ink-3 before:transition-[left]",
          "checked:border-accent checked:bg-accent checked:before:left-[14px] checked:before:bg-paper",
          "forced-colors:appearance-auto forced-colors:before:hidden",
        )}
      />
      <span>{children}</span>
    </label>
  );
}
