"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { clusterKeys, startScan } from "#lib/client/queries/clusters.ts";
import { Button } from "./button.tsx";
import { InlineError } from "./inline-error.tsx";

export type ScanButtonProps = {
  readonly clusterId: string;
  /** A scan runs already. */
  readonly scanning: boolean;
  readonly variant?: "default" | "primary";
};

/** Asks the worker for a new scan. */
export function ScanButton({ clusterId, scanning, variant = "primary" }: ScanButtonProps) {
  const client = useQueryClient();
  const scan = useMutation({
    mutationFn: () => startScan(clusterId),
    onSettled: () => client.invalidateQueries({ queryKey: clusterKeys.all }),
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button
        variant={variant}
        busy={scanning || scan.isPending}
        icon={<RefreshCw aria-hidden="true" />}
        onClick={() => scan.mutate()}
      >
        {scanning ? "Scanning" : "Scan now"}
      </Button>
      {scan.error && <InlineError error={scan.error} />}
    </div>
  );
}
