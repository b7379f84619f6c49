import { ToggleChip } from "./chip.tsx";
import { SeverityShape, type SeverityLevel } from "./severity-mark.tsx";

export type FilterOption<T extends string> = {
  readonly value: T;
  readonly label: string;
  readonly count?: number | undefined;
  readonly level?: SeverityLevel;
};

export type FilterChipsProps<T extends string> = {
  readonly label: string;
  readonly options: readonly FilterOption<T>[];
  /** "" while nothing is chosen. */
  readonly value: T | "";
  readonly onValueChange: (value: T | "") => void;
};

/** One filter as chips with counts; pressing the chosen one takes it off. */
export function FilterChips<T extends string>({ label, options, value, onValueChange }: FilterChipsProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {options.map((option) => (
        <ToggleChip
          key={option.value}
          pressed={option.value === value}
          onPressedChange={(pressed) => onValueChange(pressed ? option.value : "")}
        >
          {option.level && <SeverityShape level={option.level} className="size-2.5" />}
          {option.label}
          {option.count !== undefined && (
            <span className="tabular-nums opacity-80">{option.count.toLocaleString("en")}</span>
          )}
        </ToggleChip>
      ))}
    </div>
  );
}
