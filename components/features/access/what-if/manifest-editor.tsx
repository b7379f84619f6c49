import { FileUp, GitCompareArrows } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { cx } from "#components/ui/cx.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { positionText } from "#components/ui/position-text.ts";
import { Textarea } from "#components/ui/textarea.tsx";
import { useFileDrop } from "#components/ui/use-file-drop.ts";
import { ApiError } from "#lib/client/api-error.ts";
import { MAX_WHAT_IF_TEXT } from "#lib/contracts/what-if.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { EXAMPLES, withText } from "./examples.ts";
import { lineRange } from "./line-range.ts";
import type { WhatIfState } from "./use-what-if.ts";

/** Where what would be written is pasted, opened or dropped, with what is wrong in it; and the button that compares. */
export function ManifestEditor({ state }: { readonly state: WhatIfState }) {
  const { text, setText, error, comparing, mayCompare, isTooLong } = state;
  const input = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const line = error instanceof ApiError ? error.position?.line : undefined;
  const read = async (files: readonly File[]) => {
    setUnread(null);
    let next = text;
    for (const file of files) {
      const problem = file.size > MAX_WHAT_IF_TEXT ? "is larger than 1 MB" : null;
      const content = problem === null ? await textOf(file) : null;
      if (content === null) return setUnread(`${toVisibleText(file.name)} ${problem ?? "could not be read"}.`);
      next = withText(next, content);
    }
    setText(next);
  };
  const drop = useFileDrop((files) => void read(files));
  return (
    <Card title="Written" completeness="roles, bindings, service accounts">
      <div
        className={cx("flex flex-col gap-3 p-3.5 transition-colors", drop.over && "bg-accent-wash")}
        {...drop.handlers}
      >
        <div className="flex flex-wrap items-center gap-1.5" data-print="hide">
          <span className="text-sm text-ink-3">Start from</span>
          {EXAMPLES.map(({ label, text: example }) => (
            <Button key={label} size="sm" onClick={() => setText(withText(text, example))}>
              {label}
            </Button>
          ))}
        </div>
        <Textarea
          ref={area}
          label="YAML or JSON"
          mono
          rows={text.trim() === "" ? 5 : 13}
          wrap="off"
          value={text}
          placeholder={"apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n…"}
          error={
            isTooLong
              ? `The text is longer than ${MAX_WHAT_IF_TEXT.toLocaleString("en")} characters.`
              : error
                ? positionText(error, "This page met an error of its own.")
                : undefined
          }
          hint="Several documents are separated by ---. Files are read in this browser."
          onChange={(event) => setText(event.target.value)}
        />
        {unread !== null && <Callout tone="critical" live title={unread} />}
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          <Button
            variant="primary"
            icon={<GitCompareArrows aria-hidden="true" />}
            busy={comparing}
            disabled={!mayCompare}
            onClick={state.compare}
          >
            Compare
          </Button>
          <span className="flex items-center gap-1 text-sm text-ink-3 pointer-coarse:hidden">
            <Kbd>Ctrl</Kbd> or <Kbd>⌘</Kbd> <Kbd>Enter</Kbd>
          </span>
          <span className="ml-auto flex flex-wrap gap-2">
            {line !== undefined && (
              <Button onClick={() => showLine(area.current, line)}>Show line {line.toLocaleString("en")}</Button>
            )}
            {text !== "" && <Button onClick={() => setText("")}>Clear</Button>}
            <Button icon={<FileUp aria-hidden="true" />} onClick={() => input.current?.click()}>
              Open files
            </Button>
          </span>
        </div>
        <input
          ref={input}
          type="file"
          multiple
          accept=".yaml,.yml,.json"
          aria-label="Manifest files"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            // The same file may be opened again after it has changed.
            event.target.value = "";
            void read(files);
          }}
        />
      </div>
    </Card>
  );
}

/** Null where the browser cannot read the file, such as a folder. */
async function textOf(file: File): Promise<string | null> {
  try {
    return await file.text();
  } catch {
    return null;
  }
}

/** Marks a line in the editor and brings it into view. */
function showLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const { start, end } = lineRange(area.value, line);
  area.focus();
  area.setSelectionRange(start, end);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  if (Number.isFinite(height)) area.scrollTop = Math.max(0, (line - 4) * height);
}
