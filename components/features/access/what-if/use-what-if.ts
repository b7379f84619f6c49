"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsNativeArrayOf, parseAsString, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { whatIfQuery } from "#lib/client/queries/access.ts";
import { formatRemovedObject, parseRemovedObject } from "#lib/contracts/removed-object.ts";
import {
  MAX_WHAT_IF_OBJECTS,
  MAX_WHAT_IF_TEXT,
  type RemovedObject,
  type WhatIfRequest,
} from "#lib/contracts/what-if.ts";
import { readDraft, writeDraft } from "./draft.ts";

type Asked = { readonly id: number; readonly request: WhatIfRequest };

let lastId = 0;

function ask(text: string, remove: readonly RemovedObject[]): Asked {
  lastId += 1;
  return { id: lastId, request: { text, remove: [...remove] } };
}

export type WhatIfState = ReturnType<typeof useWhatIf>;

/**
 * What is written and taken away, and what was compared last. The text stays in this tab of the browser, what is taken away in the URL; where
 * that names something at the beginning, it is compared at once. Only for the browser: the server knows no text.
 */
export function useWhatIf(clusterId: string) {
  const [entries, setEntries] = useQueryState("remove", parseAsNativeArrayOf(parseAsString));
  const { removed, ignored } = useMemo(() => readRemoved(entries), [entries]);
  const [text, setText] = useState(() => readDraft(clusterId));
  const [asked, setAsked] = useState(() => (removed.length > 0 ? ask(text, removed) : null));
  const { data, error, isFetching, isPlaceholderData } = useQuery(whatIfQuery(clusterId, asked));
  const setRemoved = (list: readonly RemovedObject[]) => {
    void setEntries(list.length === 0 ? null : list.map(formatRemovedObject));
  };
  const changed = asked !== null && (asked.request.text !== text || keysOf(asked.request.remove) !== keysOf(removed));
  const isTooLong = text.length > MAX_WHAT_IF_TEXT;
  const mayCompare = (text.trim() !== "" || removed.length > 0) && !isTooLong;
  return {
    text,
    setText: (next: string) => {
      setText(next);
      writeDraft(clusterId, next);
    },
    removed,
    /** Entries of the URL that name no object. */
    ignored,
    addRemoved: (object: RemovedObject) => {
      const key = formatRemovedObject(object);
      if (!removed.some((other) => formatRemovedObject(other) === key)) setRemoved([...removed, object]);
    },
    dropRemoved: (object: RemovedObject) => setRemoved(removed.filter((other) => other !== object)),
    isFull: removed.length >= MAX_WHAT_IF_OBJECTS,
    isTooLong,
    mayCompare,
    compare: () => {
      if (mayCompare && !isFetching) setAsked(ask(text, removed));
    },
    answer: error ? undefined : data,
    /** Of what stands there now: another text is not yet known to be wrong. */
    error: changed ? null : error,
    comparing: isFetching,
    /** The answer belongs to a comparison before the one that is under way. */
    stale: isPlaceholderData,
    /** What would be compared now is no longer what was. */
    changed,
  };
}

function keysOf(list: readonly RemovedObject[]): string {
  return JSON.stringify(list.map(formatRemovedObject));
}

/** Each object once, in the order of the URL; what cannot be read apart. */
function readRemoved(entries: readonly string[]) {
  const found = new Map<string, RemovedObject>();
  const ignored: string[] = [];
  for (const entry of entries) {
    const object = parseRemovedObject(entry);
    if (object && (found.has(entry) || found.size < MAX_WHAT_IF_OBJECTS)) found.set(entry, object);
    else ignored.push(entry);
  }
  return { removed: [...found.values()], ignored };
}
