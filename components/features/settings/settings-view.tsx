"use client";

import { Plus } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { AboutCard } from "./about-card.tsx";
import { ClustersCard } from "./clusters-card.tsx";
import { ReaderRoleCard } from "./reader-role-card.tsx";
import { SettingsSentence } from "./settings-sentence.tsx";
import { TestPanel } from "./test-panel.tsx";

const WAYS = ["context", "paste", "in-cluster"] as const;
type Way = (typeof WAYS)[number];

export type SettingsViewProps = {
  /** The form that adds a cluster, made by the page: features do not know each other. */
  readonly renderAddCluster: (way: Way, onAdded: (clusterId: string) => void) => ReactNode;
};

export function SettingsView({ renderAddCluster }: SettingsViewProps) {
  const router = useRouter();
  const [adding, setAdding] = useQueryState("add", parseAsStringLiteral(WAYS));
  const [tested, setTested] = useQueryState("test", parseAsString.withOptions({ history: "push" }));
  return (
    <>
      <VerdictHeader
        title={<SettingsSentence />}
        context="What Kordon reads, with which right, and how far the worker got."
        actions={
          <Button variant="primary" icon={<Plus aria-hidden="true" />} onClick={() => void setAdding("context")}>
            Add cluster
          </Button>
        }
      />
      <div className="flex flex-col gap-3.5">
        <ClustersCard testedId={tested} onTest={(clusterId) => void setTested(clusterId)} />
        <div className="grid grid-cols-1 items-start gap-3.5 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
          <ReaderRoleCard />
          <AboutCard />
        </div>
      </div>
      <Dialog
        open={adding !== null}
        onOpenChange={(open) => void setAdding(open ? "context" : null)}
        title="Add a cluster"
        description="Kordon only reads: get, list and watch, and no Secrets."
        wide
      >
        {adding !== null && renderAddCluster(adding, (clusterId) => router.push(`/clusters/${clusterId}`))}
      </Dialog>
      <TestPanel clusterId={tested} onClose={() => void setTested(null)} />
    </>
  );
}
