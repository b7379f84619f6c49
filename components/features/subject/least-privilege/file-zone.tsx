import { FileUp } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { useFileDrop } from "#components/ui/use-file-drop.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";

export type FileZoneProps = {
  /** Whose requests are looked for. */
  readonly subject: string;
  /** A log is there already: another one may still be dropped. */
  readonly isCompact: boolean;
  readonly onFile: (file: File) => void;
  /** What stands here once a file was chosen. */
  readonly children: ReactNode;
};

/** Where an audit log is chosen or dropped. */
export function FileZone({ subject, isCompact, onFile, children }: FileZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  const { over, handlers } = useFileDrop(([file]) => file && onFile(file));
  return (
    <div
      data-print="hide"
      {...handlers}
      className={cx(
        "flex flex-col gap-3 p-3.5 transition-colors",
        isCompact && "border-b border-line",
        over && "bg-accent-wash",
      )}
    >
      {children}
      {!isCompact && (
        <div
          className={cx(
            "flex flex-wrap items-center gap-x-4 gap-y-3 rounded-r2 border border-dashed px-4 py-4",
            over ? "border-accent" : "border-line-strong",
          )}
        >
          <div className="min-w-0 flex-1 basis-72 text-ink-2">
            <p className="font-medium text-ink">Drop an audit log of the API server here</p>
            <p className="mt-0.5">
              One <code className="font-mono text-sm">audit.k8s.io/v1</code> event per line, gzip too. It is read in
              this browser and never uploaded: only the different requests of{" "}
              <span className="font-mono text-sm [overflow-wrap:anywhere]">
                <VisibleText text={subject} />
              </span>{" "}
              are sent to Kordon.
            </p>
          </div>
          <Button icon={<FileUp aria-hidden="true" />} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
        </div>
      )}
      <input
        ref={input}
        type="file"
        aria-label="Audit log"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file may be chosen again after it has changed.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </div>
  );
}
