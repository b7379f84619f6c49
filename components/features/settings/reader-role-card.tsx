"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { readerRoleQuery } from "#lib/client/queries/clusters.ts";

/** The exact right that Kordon needs, to be applied by hand. */
export function ReaderRoleCard() {
  const { data, error, refetch } = useQuery(readerRoleQuery());
  return (
    <Card title="The role Kordon needs" completeness="get, list, watch; no Secrets" padded>
      <p className="mb-3 text-ink-2">
        Apply it, bind it to the account whose kubeconfig you add, and every topic can be answered. With less, what
        could not be read is shown as not known.
      </p>
      {!data && error && <QueryError error={error} what="The role" onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-64 rounded-r2" />}
      {data && <CodeBlock code={data.yaml} label="ClusterRole" />}
    </Card>
  );
}
