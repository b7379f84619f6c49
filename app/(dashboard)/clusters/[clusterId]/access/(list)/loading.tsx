import { AccessSkeleton } from "#components/features/access/access-skeleton.tsx";

export default function AccessLoading() {
  return <AccessSkeleton />;
}
