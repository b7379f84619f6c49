import { LinkTabs } from "#components/ui/link-tabs.tsx";

export const ACCESS_TABS = ["overview", "subjects", "who-can", "roles", "bindings", "what-if"] as const;
export type AccessTab = (typeof ACCESS_TABS)[number];

const LABELS: Readonly<Record<AccessTab, string>> = {
  overview: "Overview",
  subjects: "Subjects",
  "who-can": "Who can",
  roles: "Roles",
  bindings: "Bindings",
  "what-if": "What if",
};

/** The views of access. A filter belongs to its view: another one starts with a clean filter. */
export function AccessTabs({ clusterId, current }: { readonly clusterId: string; readonly current: AccessTab }) {
  return (
    <LinkTabs
      label="Views of access"
      tabs={ACCESS_TABS.map((tab) => ({
        href: `/clusters/${clusterId}/access${tab === "subjects" ? "" : `?tab=${tab}`}`,
        label: LABELS[tab],
        current: tab === current,
      }))}
    />
  );
}
