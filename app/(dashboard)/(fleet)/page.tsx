import type { Metadata } from "next";
import { FirstRun } from "#components/features/add-cluster/first-run.tsx";
import { FleetView } from "#components/features/fleet/fleet-view.tsx";

export const metadata: Metadata = { title: "Clusters" };

export default function FleetPage() {
  return <FleetView firstRun={<FirstRun />} />;
}
