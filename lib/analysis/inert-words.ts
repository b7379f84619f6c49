import type { InertReason } from "../engines/rbac/index.ts";

/** Why a rule gives nothing, as a sentence. */
export const INERT_WORDS: Record<InertReason, string> = {
  "cluster-scoped": "Has no effect: the resource has no namespace, and a role binding grants only inside one",
  "no-such-resource": "Has no effect: the cluster serves no such resource",
  "unnamed-request": "Has no effect: requests of these verbs carry no name, so resourceNames never match",
  empty: "Has no effect: a list of the rule is empty",
};
