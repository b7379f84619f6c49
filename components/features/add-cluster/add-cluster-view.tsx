"use client";

import { useState } from "react";
import { Tabs } from "#components/ui/tabs.tsx";
import { ContextSource } from "./context-source.tsx";
import { InClusterSource } from "./in-cluster-source.tsx";
import { PasteSource } from "./paste-source.tsx";

export const ADD_WAYS = ["context", "paste", "in-cluster"] as const;
export type AddWay = (typeof ADD_WAYS)[number];

const TABS = [
  { value: "context", label: "Found on this machine" },
  { value: "paste", label: "Paste a kubeconfig" },
  { value: "in-cluster", label: "This cluster" },
] as const;

export type AddClusterViewProps = {
  readonly initialWay?: AddWay;
  /** Called with the new cluster; its first scan has been asked for. */
  readonly onAdded: (clusterId: string) => void;
};

/** The three ways to add a cluster. */
export function AddClusterView({ initialWay = "context", onAdded }: AddClusterViewProps) {
  const [way, setWay] = useState<AddWay>(initialWay);
  return (
    <Tabs label="Ways to add a cluster" value={way} onValueChange={setWay} tabs={TABS}>
      {way === "context" && <ContextSource onAdded={onAdded} />}
      {way === "paste" && <PasteSource onAdded={onAdded} />}
      {way === "in-cluster" && <InClusterSource onAdded={onAdded} />}
    </Tabs>
  );
}
