"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { metaQuery } from "#lib/client/queries/clusters.ts";

export function AboutCard() {
  const { data, error, refetch } = useQuery(metaQuery());
  return (
    <Card title="This Kordon">
      {!data && error && <QueryError error={error} what="The state of Kordon" onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} label="Loading" />}
      {data && (
        <dl className="px-3.5 py-1">
          <Fact name="Version">
            <span className="font-mono text-sm">{data.version}</span>
          </Fact>
          <Fact name="Worker">
            {data.worker.alive ? (
              <SeverityMark level="pass" label="Running" />
            ) : (
              <span className="flex flex-wrap items-center gap-x-2">
                <SeverityMark level="high" label="Does not answer" />
                {data.worker.lastSeenAt && (
                  <span className="text-sm text-ink-3">
                    seen <RelativeTime at={data.worker.lastSeenAt} ago />
                  </span>
                )}
              </span>
            )}
          </Fact>
          <Fact name="Private networks that pasted kubeconfigs may reach">
            {data.allowedNetworks.length === 0 ? (
              <span className="text-ink-2">none</span>
            ) : (
              <span className="font-mono text-sm">
                <VisibleText text={data.allowedNetworks.join(", ")} />
              </span>
            )}
          </Fact>
        </dl>
      )}
    </Card>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-[38px] flex-wrap items-center justify-between gap-x-4 gap-y-0.5 border-b border-line py-1.5 last:border-b-0">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
