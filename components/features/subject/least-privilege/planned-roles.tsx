import { Download } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { ToggleChip } from "#components/ui/chip.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { cx } from "#components/ui/cx.ts";
import { plural } from "#components/ui/plural.ts";
import { NAME_CHOICES, SCOPE_CHOICES, type LeastPrivilege } from "#lib/contracts/least-privilege.ts";
import type { usePlanOptions } from "./use-plan-options.ts";

const SHOWN_LINES = 500;
const NAME_WORDS = { exact: "Names that were used", any: "Any name" } as const;
const SCOPE_WORDS = { namespace: "A Role per namespace", cluster: "One ClusterRole" } as const;

export type PlannedRolesProps = {
  readonly data: LeastPrivilege;
  readonly state: ReturnType<typeof usePlanOptions>;
  /** Another answer is on its way. */
  readonly stale: boolean;
};

/** The roles that grant just what was used, as YAML. */
export function PlannedRoles({ data, state, stale }: PlannedRolesProps) {
  const { options, setNames, setScope } = state;
  return (
    <section aria-label="Roles for what it uses" className="border-t border-line px-3.5 py-3.5">
      <div className="mb-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h3 className="font-semibold">Roles for what it uses</h3>
        <div className="flex flex-wrap gap-x-4 gap-y-2" data-print="hide">
          <Choices label="Names" choices={NAME_CHOICES} words={NAME_WORDS} value={options.names} onChoose={setNames} />
          <Choices
            label="Where"
            choices={SCOPE_CHOICES}
            words={SCOPE_WORDS}
            value={options.scope}
            onChoose={setScope}
          />
        </div>
        {data.roles.length > 0 && (
          <span className="ml-auto max-md:ml-0" data-print="hide">
            <Button icon={<Download aria-hidden="true" />} onClick={() => save(data)}>
              YAML
            </Button>
          </span>
        )}
      </div>
      {data.roles.length === 0 ? (
        <p className="text-ink-2">
          Nothing needs to be granted: what it uses is given to everybody by Kubernetes itself, or cannot be granted.
        </p>
      ) : (
        <>
          <p className="mb-2 text-sm text-ink-3">
            {plural(data.roles.length, "role")} for {plural(data.granted, "different request")}, each checked against
            the new rules.
          </p>
          <div className={cx("transition-opacity", stale && "opacity-55")}>
            <CodeBlock code={data.yaml} label="YAML of the roles" maxLines={SHOWN_LINES} />
          </div>
        </>
      )}
    </section>
  );
}

type ChoicesProps<T extends string> = {
  readonly label: string;
  readonly choices: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChoose: (value: T) => void;
};

function Choices<T extends string>({ label, choices, words, value, onChoose }: ChoicesProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {choices.map((choice) => (
        <ToggleChip key={choice} pressed={choice === value} onPressedChange={() => onChoose(choice)}>
          {words[choice]}
        </ToggleChip>
      ))}
    </div>
  );
}

/** Gives the YAML to the browser as a file. */
function save({ yaml, roles }: LeastPrivilege): void {
  const url = URL.createObjectURL(new Blob([yaml], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${roles[0]?.role.name ?? "least-privilege"}.yaml`;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
