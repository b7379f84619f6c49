import { Download } from "lucide-react";
import { buttonClass } from "./button-class.ts";

/** A file of exactly what the filter shows; the browser saves it. */
export function DownloadLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} download className={buttonClass("default", "md")}>
      <Download aria-hidden="true" />
      {children}
    </a>
  );
}
