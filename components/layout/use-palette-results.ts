"use client";

import { useEffect, useState } from "react";
import type { PaletteGroup, PaletteProvider } from "./palette-provider.ts";

export type PaletteResults = {
  readonly groups: readonly PaletteGroup[];
  readonly pending: boolean;
  /** The text that `groups` answers; another one than the current text while an answer is awaited. */
  readonly answered: string | null;
  /** Titles of the providers that failed for the current text. */
  readonly failed: readonly string[];
};

const EMPTY: PaletteResults = { groups: [], pending: true, answered: null, failed: [] };

/** Asks all providers for the text, a moment after the last key, and keeps the old answer until the new one is whole. */
export function usePaletteResults(providers: readonly PaletteProvider[], text: string): PaletteResults {
  const [results, setResults] = useState<PaletteResults>(EMPTY);
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        setResults((previous) => ({ ...previous, pending: true }));
        void ask(providers, text, controller.signal).then((answer) => {
          if (!controller.signal.aborted) setResults(answer);
        });
      },
      text === "" ? 0 : 120,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [providers, text]);
  return results;
}

async function ask(providers: readonly PaletteProvider[], text: string, signal: AbortSignal): Promise<PaletteResults> {
  const answers = await Promise.allSettled(providers.map((provider) => provider.search(text.trim(), signal)));
  const groups: PaletteGroup[] = [];
  const failed: string[] = [];
  for (const [index, provider] of providers.entries()) {
    const answer = answers[index];
    if (answer?.status === "fulfilled") {
      if (answer.value.length > 0) groups.push({ id: provider.id, title: provider.title, items: answer.value });
    } else failed.push(provider.title);
  }
  return { groups, pending: false, answered: text, failed };
}
