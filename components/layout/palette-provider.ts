export type PaletteItem = {
  readonly id: string;
  readonly label: string;
  /** Where it belongs or what it answers, at the right. */
  readonly hint?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly href: string;
  /** The label is a name from a cluster: mono. */
  readonly mono?: boolean;
};

/** A source of palette entries. The palette calls it with the trimmed text, and aborts calls that were overtaken. */
export type PaletteProvider = {
  readonly id: string;
  readonly title: string;
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;
};

export type PaletteGroup = { readonly id: string; readonly title: string; readonly items: readonly PaletteItem[] };
