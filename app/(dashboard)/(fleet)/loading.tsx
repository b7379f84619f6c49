import { FleetSkeleton } from "#components/features/fleet/fleet-skeleton.tsx";

export default function FleetLoading() {
  return <FleetSkeleton />;
}
