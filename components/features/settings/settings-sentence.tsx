"use client";

import { useQuery } from "@tanstack/react-query";
import { plural } from "#components/ui/plural.ts";
import { fleetQuery } from "#lib/client/queries/clusters.ts";

/** How many clusters are read, and how many of them are not. */
export function SettingsSentence() {
  const { data, error } = useQuery(fleetQuery());
  if (!data) return <>{error ? "The clusters could not be loaded" : "Clusters"}</>;
  const broken = data.clusters.filter(({ state }) => state === "failed" || state === "failing").length;
  if (data.clusters.length === 0) return <>No cluster has been added yet</>;
  const total = plural(data.clusters.length, "cluster");
  if (broken === 0)
    return <>{data.clusters.length === 1 ? "One cluster is added" : `${total} are added`}, and none fails</>;
  return (
    <>
      {broken} of {total} {broken === 1 ? "does" : "do"} not answer
    </>
  );
}
