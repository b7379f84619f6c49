"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "#components/ui/cx.ts";
import { NavIcon } from "./nav-icon.tsx";
import { isCurrentItem, type NavSection } from "./navigation.ts";

export type NavRailProps = { readonly sections: readonly NavSection[]; readonly onNavigate?: () => void };

/** The pages, with what waits on each. */
export function NavRail({ sections, onNavigate }: NavRailProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Pages" className="flex flex-col gap-3.5">
      {sections.map((section) => (
        <ul key={section.id} className="flex flex-col gap-px">
          {section.items.map((item) => {
            const current = isCurrentItem(item, pathname);
            return (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={current ? "page" : undefined}
                  onClick={onNavigate}
                  className={cx(
                    "flex h-[30px] items-center gap-2.5 rounded-r2 px-2 outline-offset-0 transition-colors max-md:h-10",
                    current
                      ? "bg-sunken font-medium text-ink dark:bg-hover"
                      : "text-ink-2 hover:bg-hover hover:text-ink",
                  )}
                >
                  <NavIcon name={item.icon} />
                  {item.label}
                  {item.count !== undefined && item.count > 0 && (
                    <span className="ml-auto text-xs font-normal text-ink-3 tabular-nums">
                      {item.count.toLocaleString("en")}
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      ))}
    </nav>
  );
}
