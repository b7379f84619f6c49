import type { EdgeFacts, EdgeState, Holder, Place } from "./edge.ts";
import { CONTROLLERS, isObjectName, type Controller } from "./rights.ts";

const UNNAMED = "";

/**
 * Whether the holder may have a controller make pods as it likes: create one, or change the template of one that is there. A right limited to names
 * creates by server-side apply, which asks for `patch` and `create` with the name; what could not be read may be there.
 */
export function startsByController({ namespace, names }: Place, facts: EdgeFacts, holder: Holder): boolean {
  return CONTROLLERS.some(
    (controller) =>
      mayCreate(controller, names ?? null, namespace, holder) || mayChange(controller, namespace, facts, holder),
  );
}

/** The same, or by a pod itself. */
export function startsPods(place: Place, facts: EdgeFacts, holder: Holder): boolean {
  return (
    holder.holds({ verb: "create", apiGroup: "", resource: "pods" }, place.namespace) ||
    startsByController(place, facts, holder)
  );
}

/** For edges that take a way to start pods beside something else: what is missing where only workloads that are not there could be changed. */
export function startingState(place: Place, facts: EdgeFacts, holder: Holder): EdgeState {
  return startsPods({ namespace: place.namespace }, facts, holder)
    ? { state: "active" }
    : { state: "latent", reason: "there is no such workload whose template could be changed" };
}

/** By server-side apply also under one of these names, whether or not something bears it: what is there is changed. A Job cannot be changed. */
export function mayCreate(
  { group, resource, kind }: Controller,
  names: readonly string[] | null,
  namespace: string | null,
  holder: Holder,
): boolean {
  const may = (verb: string, name: string) => holder.holds({ verb, apiGroup: group, resource, name }, namespace);
  if (may("create", UNNAMED)) return true;
  return (
    kind !== "Job" && (names ?? []).some((name) => isObjectName(name) && may("create", name) && may("patch", name))
  );
}

function mayChange(
  { group, resource, kind }: Controller,
  namespace: string | null,
  { cluster }: EdgeFacts,
  holder: Holder,
): boolean {
  if (kind === "Job") return false;
  const may = (name: string) =>
    ["update", "patch"].some((verb) => holder.holds({ verb, apiGroup: group, resource, name }, namespace));
  const query = { apiGroup: group, resource, names: "any" } as const;
  if (!["update", "patch"].some((verb) => holder.holds({ verb, ...query }, namespace))) return false;
  return cluster.unread(group, resource, namespace) || cluster.workloadsOf(kind, namespace).some((name) => may(name));
}
