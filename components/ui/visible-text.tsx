import { splitVisibleText } from "#lib/model/visible-text.ts";

/** Text from a cluster, as text: isolated from its surroundings, with invisible and reordering characters drawn as escapes. */
export function VisibleText({ text }: { readonly text: string }) {
  const parts = splitVisibleText(text);
  return (
    <bdi>
      {parts.map((part, index) =>
        part.kind === "plain" ? (
          part.text
        ) : (
          <span key={index} className="rounded-r1 bg-medium-wash px-0.5 text-medium">
            {part.text}
          </span>
        ),
      )}
    </bdi>
  );
}
