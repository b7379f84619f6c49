"use client";

import { X } from "lucide-react";
import { ToggleChip } from "#components/ui/chip.tsx";
import { FilterChips } from "#components/ui/filter-chips.tsx";
import { parseObjectKey } from "#components/ui/object-key.ts";
import { SearchField } from "#components/ui/search-field.tsx";
import { Select } from "#components/ui/select.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SubjectsPage, SubjectsQuery } from "#lib/contracts/access.ts";
import type { SubjectFilter } from "./use-subjects-query.ts";

export type SubjectFiltersProps = {
  readonly query: SubjectsQuery;
  readonly facets: SubjectsPage["facets"] | null;
  readonly onFilter: (filter: SubjectFilter) => void;
};

const SEVERITIES = [
  { value: "critical", label: "Critical", level: "critical" },
  { value: "high", label: "High", level: "high" },
  { value: "medium", label: "Medium", level: "medium" },
  { value: "low", label: "Low", level: "low" },
  { value: "none", label: "None known", level: "none" },
] as const;

const NONE_FOUND = { value: "none", label: "None found", level: "unknown" } as const;

const KINDS = [
  { value: "", label: "All kinds" },
  { value: "ServiceAccount", label: "Service accounts" },
  { value: "User", label: "Users" },
  { value: "Group", label: "Groups" },
] as const;

const ORIGINS = [
  { value: "", label: "All origins" },
  { value: "custom", label: "Beyond Kubernetes" },
  { value: "system", label: "Kubernetes itself" },
] as const;

/** `Kind:namespace/name` as people write it. */
function bindingWords(key: string): string {
  const binding = parseObjectKey(key);
  if (!binding) return key;
  return `${binding.kind} ${binding.namespace === "" ? "" : `${binding.namespace}/`}${binding.name}`;
}

export type SubjectChipsProps = SubjectFiltersProps & {
  /** Something could not be read: of whom nothing was found is then not known to have nothing. */
  readonly incomplete: boolean;
};

/** The risk levels with their counts. */
export function SubjectChips({ query, facets, onFilter, incomplete }: SubjectChipsProps) {
  const countOf = (value: string) => facets?.severity.find((facet) => facet.value === value)?.count;
  return (
    <FilterChips
      label="Risk"
      value={query.severity}
      onValueChange={(severity) => onFilter({ severity })}
      options={SEVERITIES.map((option) => ({
        ...(incomplete && option.value === "none" ? NONE_FOUND : option),
        count: countOf(option.value),
      }))}
    />
  );
}

/** Name, kind, origin and capability. */
export function SubjectFields({ query, facets, onFilter }: SubjectFiltersProps) {
  const capabilities =
    facets?.capability.map((facet) => ({ value: facet.value, label: `${facet.label} (${facet.count})` })) ?? [];
  const known = query.capability === "" || capabilities.some((option) => option.value === query.capability);
  return (
    <>
      <SearchField
        label="Filter by name"
        value={query.search}
        onValueChange={(search) => onFilter({ search })}
        className="w-52 max-md:w-full"
      />
      <Select
        label="Kind"
        hideLabel
        value={query.kind}
        onValueChange={(kind) => onFilter({ kind })}
        options={KINDS}
        className="w-38 max-md:flex-1"
      />
      <Select
        label="Origin"
        hideLabel
        value={query.origin}
        onValueChange={(origin) => onFilter({ origin })}
        options={ORIGINS}
        className="w-40 max-md:flex-1"
      />
      <Select
        label="Can"
        hideLabel
        value={query.capability}
        onValueChange={(capability) => onFilter({ capability })}
        options={[
          { value: "", label: "Any capability" },
          ...(known ? [] : [{ value: query.capability, label: query.capability }]),
          ...capabilities,
        ]}
        className="w-48 max-md:flex-1"
      />
      {query.reaches !== "" && (
        <ToggleChip pressed onPressedChange={() => onFilter({ reaches: "" })}>
          reach cluster-admin
          <X aria-hidden="true" className="size-3" />
        </ToggleChip>
      )}
      {query.without !== "" && (
        <ToggleChip pressed onPressedChange={() => onFilter({ without: "" })}>
          <span className="min-w-0 text-left [overflow-wrap:anywhere] whitespace-normal">
            stopped without <VisibleText text={bindingWords(query.without)} />
          </span>
          <X aria-hidden="true" className="size-3 shrink-0" />
        </ToggleChip>
      )}
      {query.namespace !== "" && (
        <ToggleChip pressed onPressedChange={() => onFilter({ namespace: "" })}>
          in <VisibleText text={query.namespace} />
          <X aria-hidden="true" className="size-3" />
        </ToggleChip>
      )}
    </>
  );
}
