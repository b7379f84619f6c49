"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";

type Theme = "system" | "light" | "dark";

const THEMES = [
  { value: "system", label: "As the system", icon: <Monitor aria-hidden="true" /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
] as const;

export function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  const current: Theme = theme === "light" || theme === "dark" ? theme : "system";
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <Sun className="dark:hidden" />
          <Moon className="hidden dark:block" />
        </IconButton>
      }
    >
      <MenuChoice label="Theme" value={current} onValueChange={setTheme} options={THEMES} />
    </Menu>
  );
}
