/** Coarse roles, each holding the ones before it. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who makes a request: until sign-in exists, the person at this machine, who may do everything. */
export interface Actor {
  readonly id: string;
  readonly role: Role;
}

const LOCAL_ACTOR: Actor = { id: "local", role: "admin" };

/**
 * The actor of the current request. The web process listens on loopback only and checks the Host of every request, so whoever
 * gets here uses this machine.
 */
export function currentActor(): Actor {
  return LOCAL_ACTOR;
}

export function hasRole(actor: Actor, role: Role): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(role);
}
