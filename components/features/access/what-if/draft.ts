import { MAX_WHAT_IF_TEXT } from "#lib/contracts/what-if.ts";

function keyOf(clusterId: string): string {
  return `kordon.what-if.${clusterId}`;
}

/** The text that was last in the editor of a cluster, in this tab of the browser; "" where there is none that can be sent. */
export function readDraft(clusterId: string): string {
  try {
    const text = sessionStorage.getItem(keyOf(clusterId)) ?? "";
    return text.length > MAX_WHAT_IF_TEXT ? "" : text;
  } catch {
    // The browser keeps nothing for this site: the editor begins empty.
    return "";
  }
}

/** Keeps the text over a reload. False where the browser does not keep it. */
export function writeDraft(clusterId: string, text: string): boolean {
  try {
    if (text === "") sessionStorage.removeItem(keyOf(clusterId));
    else sessionStorage.setItem(keyOf(clusterId), text);
    return true;
  } catch {
    return false;
  }
}
