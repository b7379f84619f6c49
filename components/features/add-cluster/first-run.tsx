"use client";

import { useRouter } from "next/navigation";
import { VerdictHeader } from "#components/ui/verdict-header.tsx";
import { AddClusterView } from "./add-cluster-view.tsx";

const STEPS = [
  { title: "Read only", text: "get, list and watch; no Secrets. The exact ClusterRole stands in the settings." },
  { title: "No agent", text: "Nothing is installed in the cluster. The worker reads its API and nothing else." },
  { title: "Nothing leaves", text: "Facts stay in this machine’s database. Kordon works without internet." },
] as const;

/** The first page of a new Kordon: add a cluster, here and now. */
export function FirstRun() {
  const router = useRouter();
  return (
    <div className="mx-auto max-w-[720px] pt-[4vh]">
      <VerdictHeader
        title="Nothing is known yet: add a cluster"
        context="Choose one, and its first scan starts at once. Most take less than a minute."
      />
      <div className="rounded-r3 border border-line bg-surface p-4">
        <AddClusterView onAdded={(clusterId) => router.push(`/clusters/${clusterId}`)} />
      </div>
      <ul className="mt-5 grid grid-cols-1 gap-x-6 gap-y-3 md:grid-cols-3">
        {STEPS.map((step) => (
          <li key={step.title}>
            <p className="font-medium">{step.title}</p>
            <p className="text-sm text-ink-2">{step.text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
