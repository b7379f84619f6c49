import type { Metadata } from "next";
import { SettingsPageView } from "./settings-page-view.tsx";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsPage() {
  return <SettingsPageView />;
}
