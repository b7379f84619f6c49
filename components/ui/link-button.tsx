import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass, type ButtonSize, type ButtonVariant } from "./button-class.ts";
import { cx } from "./cx.ts";

export type LinkButtonProps = {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly icon?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ href, variant = "default", size = "md", icon, className, children }: LinkButtonProps) {
  return (
    <Link href={href} className={cx(buttonClass(variant, size), className)}>
      {icon}
      {children}
    </Link>
  );
}
