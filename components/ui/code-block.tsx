import { CopyButton } from "./copy-button.tsx";
import { VisibleText } from "./visible-text.tsx";

export type CodeBlockProps = {
  readonly code: string;
  /** What it is, for screen readers and the copy button. */
  readonly label: string;
  /** Numbers of the lines (from 1) that are the evidence. */
  readonly highlightLines?: readonly number[];
};

/** Commands and YAML as text, one line each, with a copy button. */
export function CodeBlock({ code, label, highlightLines = [] }: CodeBlockProps) {
  const lines = code.replace(/\n$/, "").split("\n");
  return (
    <div className="relative rounded-r2 bg-sunken">
      <pre tabIndex={0} role="group" aria-label={label} className="max-h-96 overflow-auto py-2.5 font-mono text-sm">
        <code className="block w-max min-w-full">
          {lines.map((line, index) => (
            <span
              key={index}
              className={highlightLines.includes(index + 1) ? "block bg-high-wash px-3 text-ink" : "block px-3 pr-10"}
            >
              {line === "" ? " " : <VisibleText text={line} />}
            </span>
          ))}
        </code>
      </pre>
      <div className="absolute top-1 right-1 rounded-r2 bg-sunken" data-print="hide">
        <CopyButton text={code} what={label} />
      </div>
    </div>
  );
}
