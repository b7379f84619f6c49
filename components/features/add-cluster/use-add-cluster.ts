"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { addCluster, clusterKeys, sourceKeys } from "#lib/client/queries/clusters.ts";

/** Adds a cluster and loads the lists that now hold it. */
export function useAddCluster(onAdded: (clusterId: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addCluster,
    onSuccess: async ({ clusterId }) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: clusterKeys.all }),
        client.invalidateQueries({ queryKey: sourceKeys.all }),
      ]);
      onAdded(clusterId);
    },
  });
}
