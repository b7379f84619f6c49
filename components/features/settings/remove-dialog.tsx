"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { clusterKeys, removeCluster, sourceKeys } from "#lib/client/queries/clusters.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";

export type RemoveDialogProps = { readonly cluster: ClusterSummary; readonly onClose: () => void };

/** Removing deletes history, so the name has to be typed. */
export function RemoveDialog({ cluster, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const shownName = toVisibleText(cluster.name);
  // A name with invisible characters cannot be typed as it is: what is shown of it counts as well.
  const confirmed = typed === cluster.name || typed === shownName;
  const remove = useMutation({
    mutationFn: removeCluster,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: clusterKeys.fleet() }),
        client.invalidateQueries({ queryKey: sourceKeys.all }),
      ]);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Remove cluster"
      description={
        <>
          <VisibleText text={cluster.name} /> with all its scans, findings and its credential. Nothing changes in the
          cluster itself.
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (confirmed) remove.mutate(cluster.id);
        }}
      >
        <TextField
          label="Type its name to confirm"
          mono
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={shownName}
        />
        {remove.error && (
          <div className="mt-3">
            <InlineError error={remove.error} />
          </div>
        )}
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="danger" busy={remove.isPending} disabled={!confirmed}>
            Remove
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
