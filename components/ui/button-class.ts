import { cx } from "./cx.ts";

export type ButtonVariant = "default" | "primary" | "quiet" | "danger";
export type ButtonSize = "md" | "sm";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  default: "border-line bg-raised text-ink hover:border-line-strong hover:bg-hover",
  primary: "border-ink bg-ink text-paper hover:opacity-90",
  quiet: "border-transparent text-ink-2 hover:bg-hover hover:text-ink",
  danger: "border-line bg-raised text-critical hover:border-critical hover:bg-critical-wash",
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  md: "h-[30px] px-2.5 gap-2 rounded-r2 text-base",
  sm: "h-6 px-2 gap-1.5 rounded-r1 text-sm",
};

/** The look shared by buttons and by links drawn as buttons. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap transition-colors select-none",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    "[&_svg]:size-[15px] [&_svg]:shrink-0",
    VARIANTS[variant],
    SIZES[size],
  );
}
