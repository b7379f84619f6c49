import {
  ArrowDownToLine,
  Box,
  Grid3x3,
  KeyRound,
  LayoutGrid,
  Server,
  Settings,
  Share2,
  SquareStack,
} from "lucide-react";
import type { NavIcon as NavIconName } from "./navigation.ts";

const ICONS = {
  clusters: SquareStack,
  overview: LayoutGrid,
  access: KeyRound,
  namespaces: Grid3x3,
  network: Share2,
  pods: Box,
  "api-server": Server,
  patches: ArrowDownToLine,
  settings: Settings,
} as const;

export function NavIcon({ name }: { readonly name: NavIconName }) {
  const Icon = ICONS[name];
  return <Icon aria-hidden="true" className="size-[15px] shrink-0 opacity-80" strokeWidth={1.6} />;
}
