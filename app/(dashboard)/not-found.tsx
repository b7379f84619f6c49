import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default function DashboardNotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState title="There is nothing at this address" actions={<LinkButton href="/">All clusters</LinkButton>}>
        It may have been removed, or it is not yours to see; Kordon gives the same answer to both.
      </EmptyState>
    </>
  );
}
