import { search } from "#lib/client/queries/search.ts";
import type { PaletteItem, PaletteProvider } from "#components/layout/palette-provider.ts";
import type { ClusterOption, NavSection } from "#components/layout/navigation.ts";

export type PaletteSources = {
  readonly sections: readonly NavSection[];
  readonly clusters: readonly ClusterOption[];
  readonly currentId: string | null;
};

const QUESTIONS: readonly { readonly label: string; readonly query: string }[] = [
  { label: "Who can get secrets", query: "verb=get&resource=secrets" },
  { label: "Who can create pods", query: "verb=create&resource=pods" },
  { label: "Who can exec into pods", query: "verb=create&resource=pods%2Fexec" },
  { label: "Who can bind cluster roles", query: "verb=bind&resource=clusterroles.rbac.authorization.k8s.io" },
];

/** Everything the palette reaches: the question as understood, pages, clusters, objects. */
export function paletteProviders({ sections, clusters, currentId }: PaletteSources): readonly PaletteProvider[] {
  const pages: PaletteItem[] = sections.flatMap((section) =>
    section.items.map((item) => ({ id: `page:${item.href}`, label: item.label, href: item.href })),
  );
  const fleet: PaletteItem[] = clusters.map((cluster) => ({
    id: `cluster:${cluster.id}`,
    label: cluster.name,
    ...(cluster.version === null ? {} : { hint: cluster.version }),
    href: `/clusters/${cluster.id}`,
    mono: true,
  }));
  const remembered = new Map<string, Promise<Awaited<ReturnType<typeof search>>>>();
  const ask = (query: string, signal: AbortSignal) => {
    const known = remembered.get(query);
    if (known) return known;
    const answer = search(query, currentId ?? "", signal);
    // One request feeds two sections; it is forgotten at once, so that no abort or old answer stays.
    remembered.set(query, answer);
    void answer.catch(() => undefined).finally(() => remembered.delete(query));
    return answer;
  };
  return [
    {
      id: "question",
      title: "Questions",
      search: async (query, signal) => {
        if (query === "") return currentId === null ? [] : suggestedQuestions(currentId);
        const { question } = await ask(query, signal);
        return question
          ? [{ id: "question", label: question.sentence, hint: question.answer, href: question.href }]
          : [];
      },
    },
    { id: "pages", title: "Pages", search: (query) => Promise.resolve(matching(pages, query)) },
    { id: "clusters", title: "Clusters", search: (query) => Promise.resolve(matching(fleet, query).slice(0, 8)) },
    {
      id: "objects",
      title: "Objects",
      search: async (query, signal) => {
        if (query === "") return [];
        const { objects } = await ask(query, signal);
        return objects.map((object) => ({
          id: `object:${object.href}`,
          label: object.name,
          kind: object.kind,
          ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
          hint: object.clusterName,
          href: object.href,
          mono: true,
        }));
      },
    },
  ];
}

function suggestedQuestions(clusterId: string): readonly PaletteItem[] {
  return QUESTIONS.map(({ label, query }) => ({
    id: `suggested:${query}`,
    label,
    href: `/clusters/${clusterId}/access?tab=who-can&${query}`,
  }));
}

function matching(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => words.every((word) => item.label.toLowerCase().includes(word)));
}
