import type { ComponentProps } from "react";
import { cx } from "./cx.ts";
import { Tooltip } from "./tooltip.tsx";

export type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  /** What the button does; its accessible name and tooltip. */
  readonly label: string;
};

export function IconButton({ label, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={cx(
          "inline-flex size-7 shrink-0 items-center justify-center rounded-r2 text-ink-3 transition-colors hover:bg-hover hover:text-ink [&_svg]:size-[15px]",
          className,
        )}
      />
    </Tooltip>
  );
}
