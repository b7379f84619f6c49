import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import type { Calendar } from "./calendar.ts";
import type { ClusterIdentity } from "./snapshot.ts";
import { AppError } from "#lib/model/app-error.ts";
import { createCalendar } from "./calendar.ts";
import { makeBig } from "./clusters/big.ts";
import { makeHardened } from "./clusters/hardened.ts";
import { makeMessy } from "./clusters/messy.ts";

interface DemoCluster extends ClusterIdentity {
  readonly make: (identity: ClusterIdentity, calendar: Calendar) => ClusterSnapshot;
}

const CLUSTERS: readonly DemoCluster[] = [
  { name: "hardened", title: "harbor-prod", host: "api.harbor.example.com", make: makeHardened },
  { name: "messy", title: "bazaar-staging", host: "api.bazaar.example.com", make: makeMessy },
  { name: "big", title: "atlas-fleet", host: "api.atlas.example.com", make: makeBig },
];

/** The invented clusters: `name` as on the command line, `title` as the name of the cluster. */
export const DEMO_CLUSTERS: readonly { readonly name: string; readonly title: string }[] = CLUSTERS.map(
  ({ name, title }) => ({ name, title }),
);

/** Days of history that the demo clusters differ in, the present included. */
export const DEMO_HISTORY_DAYS = 10;

/**
 * An invented cluster as a scan would have found it. Equal arguments give equal snapshots; within one UTC day only the time of
 * the scan differs.
 * @param day  0 for `now`, -1 for a day earlier, … Changes lie in the last `DEMO_HISTORY_DAYS` days; earlier days are like the first.
 * @throws AppError `invalid_input` when there is no demo cluster of that name.
 */
export function makeDemoSnapshot(
  name: string,
  { now, day }: { readonly now: Date; readonly day: number },
): ClusterSnapshot {
  const cluster = CLUSTERS.find((candidate) => candidate.name === name);
  if (!cluster) {
    const names = DEMO_CLUSTERS.map((known) => known.name).join(", ");
    throw new AppError("invalid_input", `There is no demo cluster of this name; there are ${names}.`);
  }
  const { make, ...identity } = cluster;
  return make(identity, createCalendar(now, day));
}
