"use client";

import { useQuery } from "@tanstack/react-query";
import { Container } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { DialogActions } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { QueryError } from "#components/ui/query-error.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { sourcesQuery } from "#lib/client/queries/clusters.ts";
import { useAddCluster } from "./use-add-cluster.ts";

/** The cluster in which the worker itself runs, with its service account. */
export function InClusterSource({ onAdded }: { readonly onAdded: (clusterId: string) => void }) {
  const [name, setName] = useState("");
  const { data, error, refetch } = useQuery(sourcesQuery());
  const add = useAddCluster(onAdded);
  if (!data && error) return <QueryError error={error} what="The worker’s place" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={2} label="Loading" />;
  if (!data.inCluster) {
    return (
      <EmptyState icon={<Container aria-hidden="true" />} title="The worker does not run inside a cluster">
        Where it does, it can use its own service account: no credential has to be kept.
      </EmptyState>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ type: "in-cluster", name });
      }}
    >
      <TextField
        label="Name in Kordon"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder="prod-eu-1"
      />
      {add.error && (
        <div className="mt-3">
          <InlineError error={add.error} />
        </div>
      )}
      <DialogActions>
        <Button type="submit" variant="primary" busy={add.isPending} disabled={name.trim() === ""}>
          Add and scan
        </Button>
      </DialogActions>
    </form>
  );
}
