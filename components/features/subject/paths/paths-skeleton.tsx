import { Card } from "#components/ui/card.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

export function PathsSkeleton() {
  return (
    <Card title="How it takes over">
      <SkeletonRows rows={4} label="Loading the paths" />
    </Card>
  );
}
