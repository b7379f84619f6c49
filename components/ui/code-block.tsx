import { CopyButton } from "./copy-button.tsx";
import { VisibleText } from "./visible-text.tsx";

export type CodeBlockProps = {
  readonly code: string;
  /** What it is, for screen readers and the copy button. */
  readonly label: string;
  /** Numbers of the lines (from 1) that are the evidence. */
  readonly highlightLines?: readonly number[];
  /** Shows no more lines than these; all of them are copied. */
  readonly maxLines?: number;
};

/** Commands and YAML as text, one line each, with a copy button. */
export function CodeBlock({ code, label, highlightLines = [], maxLines = Infinity }: CodeBlockProps) {
  const all = code.replace(/\n$/, "").split("\n");
  const lines = all.slice(0, maxLines);
  const rest = all.length - lines.length;
  return (
    <div className="relative rounded-r2 bg-sunken">
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className="mr-9 max-h-96 overflow-auto py-2.5 font-mono text-sm"
      >
        <code className="block w-max min-w-full">
          {lines.map((line, index) => (
            <span
              key={index}
              className={highlightLines.includes(index + 1) ? "block bg-high-wash px-3 text-ink" : "block px-3"}
            >
              {line === "" ? " " : <VisibleText text={line} />}
            </span>
          ))}
          {rest > 0 && (
            <span className="block px-3 text-ink-3">
              … {rest.toLocaleString("en")} more lines: copy or save them all
            </span>
          )}
        </code>
      </pre>
      <div className="absolute top-1 right-1 rounded-r2 bg-sunken" data-print="hide">
        <CopyButton text={code} what={label} />
      </div>
    </div>
  );
}
