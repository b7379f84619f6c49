"use client";

import { useMutation } from "@tanstack/react-query";
import { LockKeyhole } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { DialogActions } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { positionText } from "#components/ui/position-text.ts";
import { Select } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { checkKubeconfig } from "#lib/client/queries/clusters.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { useAddCluster } from "./use-add-cluster.ts";

/** A kubeconfig as text: checked first, then sealed to the worker. It can neither run a program nor read a file. */
export function PasteSource({ onAdded }: { readonly onAdded: (clusterId: string) => void }) {
  const [kubeconfig, setKubeconfig] = useState("");
  const [name, setName] = useState<string | null>(null);
  const [context, setContext] = useState<string | null>(null);
  const check = useMutation({ mutationFn: checkKubeconfig });
  const add = useAddCluster(onAdded);
  const checked = check.data;
  const chosen = context ?? checked?.currentContext ?? checked?.contexts[0]?.name ?? "";
  const chosenEntry = checked?.contexts.find((entry) => entry.name === chosen);
  const shownName = name ?? chosen.slice(0, 100);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (checked) add.mutate({ type: "credential", name: shownName, kubeconfig, context: chosen });
        else check.mutate(kubeconfig);
      }}
    >
      <Textarea
        label="Kubeconfig"
        mono
        required
        rows={9}
        value={kubeconfig}
        placeholder={"apiVersion: v1\nkind: Config\nclusters: …"}
        error={check.error ? positionText(check.error, "This could not be checked.") : undefined}
        hint="With a token or a client certificate inside. Programs, files and skipped TLS checks are refused."
        onChange={(event) => {
          setKubeconfig(event.target.value);
          check.reset();
          add.reset();
          setContext(null);
        }}
      />
      {checked && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Select
            label="Context"
            value={chosen}
            onValueChange={setContext}
            options={checked.contexts.map((entry) => ({ value: entry.name, label: toVisibleText(entry.name) }))}
          />
          <TextField
            label="Name in Kordon"
            value={shownName}
            required
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
          {chosenEntry && (
            <p className="text-sm text-ink-3 sm:col-span-2">
              {toVisibleText(chosenEntry.server)}, with a {chosenEntry.authKind}
            </p>
          )}
        </div>
      )}
      {add.error && <InlineError error={add.error} />}
      <p className="flex items-start gap-2 text-sm text-ink-3">
        <LockKeyhole aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
        It is sealed to the worker’s key as soon as it arrives, and never shown again.
      </p>
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          busy={check.isPending || add.isPending}
          disabled={kubeconfig.trim() === "" || (checked !== undefined && shownName.trim() === "")}
        >
          {checked ? "Add and scan" : "Check"}
        </Button>
      </DialogActions>
    </form>
  );
}
