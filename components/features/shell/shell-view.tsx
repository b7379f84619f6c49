"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useMemo, type ReactNode } from "react";
import { AppShell } from "#components/layout/app-shell.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { fleetQuery, metaQuery } from "#lib/client/queries/clusters.ts";
import type { Meta } from "#lib/contracts/clusters.ts";
import { clusterOption, navigationSections } from "./navigation-sections.ts";
import { paletteProviders } from "./palette-providers.ts";

/** The frame around every page, fed with the clusters and the state of the product. */
export function ShellView({ children }: { readonly children: ReactNode }) {
  const { clusterId } = useParams<{ clusterId?: string }>();
  const { data: fleet } = useQuery(fleetQuery());
  const { data: meta } = useQuery(metaQuery());
  const shell = useMemo(() => {
    const clusters = fleet?.clusters ?? [];
    const current = clusters.find((cluster) => cluster.id === clusterId) ?? null;
    // While the clusters are not known, the address is believed; an unknown cluster has no pages.
    const currentId = fleet ? (current?.id ?? null) : (clusterId ?? null);
    const sections = navigationSections(clusters, currentId);
    const options = clusters.map(clusterOption);
    const providers = paletteProviders({ sections, clusters: options, currentId });
    return { sections, clusters: options, current: current && clusterOption(current), providers };
  }, [fleet, clusterId]);
  return (
    <AppShell {...shell} notice={meta && <ProductNotice meta={meta} />}>
      {children}
    </AppShell>
  );
}

function ProductNotice({ meta }: { readonly meta: Meta }) {
  if (meta.worker.alive && !meta.demo) return null;
  return (
    <div className="mb-4 flex flex-col gap-2">
      {!meta.worker.alive && (
        <Callout tone="high" live title="The worker does not answer: nothing is being scanned">
          {meta.worker.lastSeenAt ? (
            <>
              It was last seen <RelativeTime at={meta.worker.lastSeenAt} ago />. What is shown here stays as it was.
            </>
          ) : (
            "It was never seen. Start it with “kordon serve” or “kordon worker”."
          )}
        </Callout>
      )}
      {meta.demo && (
        <Callout
          tone="info"
          title="harbor-prod, bazaar-staging and atlas-fleet are invented: this is the demo fleet"
          actions={
            <Link
              className="inline-flex min-h-6 items-center rounded-r1 text-accent-ink underline underline-offset-2"
              href="/settings"
            >
              Add your own clusters, or remove these
            </Link>
          }
        />
      )}
    </div>
  );
}
