import type { SeverityLevel } from "#components/ui/severity-mark.tsx";

export type NavIcon =
  "clusters" | "overview" | "access" | "namespaces" | "network" | "pods" | "api-server" | "patches" | "settings";

export type NavItem = {
  readonly icon: NavIcon;
  readonly label: string;
  readonly href: string;
  /** Number of things to look at; absent where none are counted. */
  readonly count?: number | undefined;
  /** Also current on the pages beneath it. */
  readonly deep?: boolean;
};

export type NavSection = { readonly id: string; readonly items: readonly NavItem[] };

export type ClusterOption = {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  readonly level: SeverityLevel;
  readonly lastScanAt: string | null;
};

/** Whether a page belongs to an entry of the rail. */
export function isCurrentItem(item: NavItem, pathname: string): boolean {
  return pathname === item.href || (item.deep === true && pathname.startsWith(`${item.href}/`));
}
