import { Fragment } from "react";
import { splitVisibleText } from "#lib/model/visible-text.ts";

export type VisibleTextProps = {
  readonly text: string;
  /** A long name ends a line after one of its parts, before it is cut in the middle of a word. */
  readonly breakable?: boolean;
};

/** Text from a cluster, as text: isolated from its surroundings, with invisible and reordering characters drawn as escapes. */
export function VisibleText({ text, breakable = false }: VisibleTextProps) {
  const parts = splitVisibleText(text);
  return (
    <bdi>
      {parts.map((part, index) =>
        part.kind === "plain" ? (
          <Plain key={index} text={part.text} breakable={breakable} />
        ) : (
          <span key={index} className="rounded-r1 bg-medium-wash px-0.5 text-medium">
            {part.text}
          </span>
        ),
      )}
    </bdi>
  );
}

function Plain({ text, breakable }: Required<VisibleTextProps>) {
  if (!breakable) return text;
  return text.split(/(?<=[./:])(?=[^./:])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
