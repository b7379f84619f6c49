import { Button } from "#components/ui/button.tsx";
import { plural } from "#components/ui/plural.ts";
import { Progress } from "#components/ui/progress.tsx";
import type { ReadProgress } from "#lib/client/read-audit-file.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { sizeText } from "./size-text.ts";

export type ReadingBarProps = { readonly name: string; readonly progress: ReadProgress; readonly onCancel: () => void };

/** How far the reading of a log is, by bytes. */
export function ReadingBar({ name, progress: { read, total, events }, onCancel }: ReadingBarProps) {
  return (
    <div className="flex items-end gap-3">
      <div className="min-w-0 flex-1">
        <Progress
          label={`Reading ${toVisibleText(name)}: ${plural(events, "event")}`}
          value={read}
          max={total}
          text={sizeText}
        />
      </div>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
