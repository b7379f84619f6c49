import { FilterX } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export type NothingMatchesProps = {
  readonly noun: string;
  /** How many there are without the filter. */
  readonly all: number;
  /** Some of what the list is made of could not be read. */
  readonly incomplete: boolean;
  readonly onClear: () => void;
};

/** An empty list: by the filter, because there is nothing, or because it could not be read; these are told apart. */
export function NothingMatches({ noun, all, incomplete, onClear }: NothingMatchesProps) {
  if (all > 0) {
    return (
      <EmptyState
        icon={<FilterX aria-hidden="true" />}
        title={`None of ${all.toLocaleString("en")} ${noun} matches`}
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      />
    );
  }
  return (
    <EmptyState title={incomplete ? `No ${noun} could be read` : `This cluster has no ${noun}`}>
      {incomplete ? "That does not mean that there are none." : "Everything was read; there is nothing to list."}
    </EmptyState>
  );
}
