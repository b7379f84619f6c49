import type { EdgeFacts, Place } from "./edge.ts";

/** Whether a privileged pod passes Pod Security in the place, as far as labels say: in the whole cluster, in one of its namespaces. */
export function allowsPrivileged({ namespace }: Place, { cluster }: EdgeFacts): boolean {
  const namespaces = namespace === null ? cluster.namespaces : [namespace];
  return namespaces.some((name) => cluster.podSecurity(name) === "privileged");
}
