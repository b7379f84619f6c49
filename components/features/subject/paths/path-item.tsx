import { PathDisclosure } from "#components/ui/paths/path-disclosure.tsx";
import type { AttackPathView, CutView } from "#lib/contracts/paths.ts";
import { LiveCheck } from "./live-check.tsx";
import { usePathCheck, type ShownPath } from "./use-path-check.ts";

export type PathItemProps = {
  readonly path: AttackPathView;
  readonly shown: ShownPath;
  readonly cut: CutView | null;
  readonly open: boolean;
  readonly onToggle: () => void;
};

/** One path of a subject, which the live cluster can be asked about. */
export function PathItem({ path, shown, cut, open, onToggle }: PathItemProps) {
  const { clusterId } = shown;
  const check = usePathCheck(shown);
  return (
    <li className="border-b border-line last:border-b-0">
      <PathDisclosure
        clusterId={clusterId}
        path={path}
        number={shown.position + 1}
        cut={cut}
        open={open}
        onToggle={onToggle}
        check={<LiveCheck clusterId={clusterId} path={path} check={check} />}
        answers={check.answers}
      />
    </li>
  );
}
