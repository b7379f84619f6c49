import { Ellipsis, Pencil, PlugZap, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { DataTableColumn } from "#components/ui/data-table-column.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { ObjectName } from "#components/ui/object-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ScanButton } from "#components/ui/scan-button.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { toVisibleText } from "#lib/model/visible-text.ts";
import { ClusterState } from "./cluster-state.tsx";

export type ClusterActions = {
  readonly onTest: (cluster: ClusterSummary) => void;
  readonly onRename: (cluster: ClusterSummary) => void;
  readonly onRemove: (cluster: ClusterSummary) => void;
};

const SOURCES: Readonly<Record<ClusterSummary["source"]["type"], string>> = {
  "kubeconfig-context": "kubeconfig context",
  credential: "pasted kubeconfig",
  "in-cluster": "own service account",
  manifests: "manifests",
  snapshot: "snapshot file",
  demo: "demo data",
};

/** Whether there is an API server to test; files and the demo have none. */
function hasServer({ source }: ClusterSummary): boolean {
  return source.type === "kubeconfig-context" || source.type === "credential" || source.type === "in-cluster";
}

export function clusterColumns({
  onTest,
  onRename,
  onRemove,
}: ClusterActions): readonly DataTableColumn<ClusterSummary>[] {
  return [
    {
      id: "name",
      header: "Cluster",
      phone: "head",
      className: "max-w-72",
      cell: (cluster) => (
        <div className="py-1.5">
          <ObjectName name={cluster.name} href={`/clusters/${cluster.id}`} />
          <div className="text-sm [overflow-wrap:anywhere] text-ink-3">
            {SOURCES[cluster.source.type]}: <VisibleText text={cluster.source.detail} />
          </div>
        </div>
      ),
    },
    { id: "state", header: "State", phone: "head", cell: (cluster) => <ClusterState cluster={cluster} /> },
    {
      id: "scanned",
      header: "Last good scan",
      cell: (cluster) =>
        cluster.lastScan ? (
          <RelativeTime at={cluster.lastScan.collectedAt} ago />
        ) : (
          <span className="text-unknown">none</span>
        ),
    },
    {
      id: "actions",
      header: "Actions",
      align: "end",
      phone: "head",
      className: "w-72",
      cell: (cluster) => (
        <span className="flex items-start justify-end gap-2 max-md:justify-start max-md:pt-1">
          {hasServer(cluster) && (
            <Button
              icon={<PlugZap aria-hidden="true" />}
              onClick={() => onTest(cluster)}
              aria-label={`Test ${toVisibleText(cluster.name)}`}
            >
              Test
            </Button>
          )}
          <ScanButton clusterId={cluster.id} scanning={cluster.activeJob?.kind === "scan"} variant="default" />
          <Menu
            trigger={
              <IconButton label={`More for ${toVisibleText(cluster.name)}`}>
                <Ellipsis />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => onRename(cluster)}>
              Rename
            </MenuItem>
            <MenuSeparator />
            <MenuItem tone="danger" icon={<Trash2 aria-hidden="true" />} onSelect={() => onRemove(cluster)}>
              Remove
            </MenuItem>
          </Menu>
        </span>
      ),
    },
  ];
}
