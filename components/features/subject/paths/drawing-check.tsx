import type { AttackPathView } from "#lib/contracts/paths.ts";
import { LiveCheck } from "./live-check.tsx";
import { usePathCheck, type ShownPath } from "./use-path-check.ts";

/** The check of the path that is chosen in the drawing. */
export function DrawingCheck({ path, shown }: { readonly path: AttackPathView; readonly shown: ShownPath }) {
  const check = usePathCheck(shown);
  return (
    <div className="border-t border-line px-3.5 pt-2.5">
      <LiveCheck clusterId={shown.clusterId} path={path} check={check} />
    </div>
  );
}
