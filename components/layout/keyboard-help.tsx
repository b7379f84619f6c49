"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

const SHORTCUTS = [
  { keys: ["⌘", "K"], also: ["Ctrl", "K"], does: "Search or ask" },
  { keys: ["/"], does: "Go to the filter of the list" },
  { keys: ["j"], also: ["k"], does: "Next or previous row" },
  { keys: ["↵"], does: "Open the row" },
  { keys: ["Esc"], does: "Close the panel or dialog" },
  { keys: ["g", "h"], does: "Go to all clusters" },
  { keys: ["g", "o"], does: "Go to the overview of the cluster" },
  { keys: ["g", "a"], does: "Go to access" },
  { keys: ["?"], does: "Show this list" },
] as const;

export type KeyboardHelpProps = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

export function KeyboardHelp({ open, onOpenChange }: KeyboardHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <dl className="divide-y divide-line">
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.does} className="flex min-h-9 items-center justify-between gap-4">
            <dt>{shortcut.does}</dt>
            <dd className="flex items-center gap-1 text-sm text-ink-3">
              {shortcut.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
              {"also" in shortcut && (
                <>
                  <span className="px-0.5">or</span>
                  {shortcut.also.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
