"use client";

import { AddClusterView } from "#components/features/add-cluster/add-cluster-view.tsx";
import { SettingsView } from "#components/features/settings/settings-view.tsx";

/** Composes two features that do not know each other. */
export function SettingsPageView() {
  return <SettingsView renderAddCluster={(way, onAdded) => <AddClusterView initialWay={way} onAdded={onAdded} />} />;
}
