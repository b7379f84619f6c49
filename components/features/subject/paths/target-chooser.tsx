import { FilterChips } from "#components/ui/filter-chips.tsx";
import { Select } from "#components/ui/select.tsx";
import type { SubjectPaths } from "#lib/contracts/paths.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { placeText } from "#components/ui/paths/path-words.ts";

/** More than these stand in a list. */
const MOST_CHIPS = 5;

export type TargetChooserProps = { readonly paths: SubjectPaths; readonly onChoose: (target: string) => void };

/** What it reaches, worst first: which of it the paths lead to. */
export function TargetChooser({ paths, onChoose }: TargetChooserProps) {
  const { target, targets, targetCount } = paths;
  const listed = targets.some(({ id }) => id === target?.id);
  const options = [
    ...targets.map(({ id, place, severity }) => ({
      value: id,
      label: toVisibleText(placeText(place)),
      level: severity,
    })),
    ...(target && !listed ? [{ value: target.id, label: toVisibleText(placeText(target.place)) }] : []),
  ];
  if (options.length < 2) return null;
  const rest = targetCount - targets.length;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-3.5 py-2" data-print="hide">
      {options.length <= MOST_CHIPS ? (
        <FilterChips
          label="Target"
          options={options}
          value={target?.id ?? ""}
          onValueChange={(id) => onChoose(id === "" ? (target?.id ?? "") : id)}
        />
      ) : (
        <Select
          label="Target"
          hideLabel
          value={target?.id ?? ""}
          onValueChange={onChoose}
          options={options}
          className="w-72 max-w-full"
        />
      )}
      {rest > 0 && (
        <span className="text-sm text-ink-3">{rest.toLocaleString("en")} further targets are not listed</span>
      )}
    </div>
  );
}
