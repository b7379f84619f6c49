"use client";

import { useParams } from "next/navigation";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default function SubjectNotFound() {
  const { clusterId } = useParams<{ clusterId: string }>();
  return (
    <>
      <h1 className="sr-only">Subject not found</h1>
      <EmptyState
        title="The newest scan knows no such subject"
        actions={
          <>
            <LinkButton href={`/clusters/${clusterId}/access`}>All subjects</LinkButton>
            <LinkButton href={`/clusters/${clusterId}/access?tab=who-can`}>Ask who can do what</LinkButton>
          </>
        }
      >
        No binding names it, and no such service account exists. A user or group without a binding holds what every
        signed-in user holds: the group system:authenticated shows what that is.
      </EmptyState>
    </>
  );
}
