import { SubjectSkeleton } from "#components/features/subject/subject-skeleton.tsx";

export default function SubjectLoading() {
  return <SubjectSkeleton />;
}
