import { isNode, LineCounter, parseAllDocuments } from "yaml";

/**
 * The line, from 1, on which a field of one document stands; where it is missing that of the nearest thing around it. Null when the text cannot be
 * read. Cost: the text is read again, so only for telling what is wrong.
 * @param document  From 0, empty documents left out, as `parseDocuments` counts; elements of a JSON list count as documents.
 * @param path  Keys that lead from the document to the object.
 * @param field  Path within the object, e.g. `rules[0].verbs`.
 */
export function lineOfField(
  text: string,
  document: number,
  path: readonly (string | number)[],
  field: string,
): number | null {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, logLevel: "silent", merge: true }).filter(
    ({ contents }) => contents !== null,
  );
  const isList = /^\s*\[/.test(text);
  const found = isList ? documents[0] : documents[document];
  if (!found) return null;
  const keys = [...(isList ? [document] : []), ...path, ...keysOf(field)];
  for (let depth = keys.length; depth >= 0; depth -= 1) {
    const node: unknown = depth === 0 ? found.contents : found.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return null;
}

/** `rules[0].verbs` → rules, 0, verbs. */
function keysOf(field: string): readonly (string | number)[] {
  return [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inBrackets, plain]) => {
    const key = inBrackets ?? plain ?? "";
    return /^\d+$/.test(key) ? Number(key) : key;
  });
}
