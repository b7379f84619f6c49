"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { clusterKeys, renameCluster } from "#lib/client/queries/clusters.ts";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";

export type RenameDialogProps = { readonly cluster: ClusterSummary; readonly onClose: () => void };

export function RenameDialog({ cluster, onClose }: RenameDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(cluster.name);
  const rename = useMutation({
    mutationFn: renameCluster,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: clusterKeys.all });
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title="Rename cluster" description="Only in Kordon; links keep working.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ clusterId: cluster.id, name });
        }}
      >
        <TextField
          label="Name"
          value={name}
          required
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        {rename.error && (
          <div className="mt-3">
            <InlineError error={rename.error} />
          </div>
        )}
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={rename.isPending} disabled={name.trim() === ""}>
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
