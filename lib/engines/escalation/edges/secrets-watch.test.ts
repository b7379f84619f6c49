import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const ID = "SECRETS_WATCH";
const watch = { verbs: ["watch"], resources: ["secrets"] };

describe("SECRETS_WATCH", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: Record<string, string> }>([
    { name: "in a namespace", grants: [{ rules: [watch], in: "payments" }], held: { [ID]: "medium payments" } },
    { name: "in kube-system", grants: [{ rules: [watch], in: "kube-system" }], held: { [ID]: "high kube-system" } },
    { name: "everywhere", grants: [{ rules: [watch] }], held: { [ID]: "high cluster" } },
    {
      name: "11: limited to names it watches those",
      grants: [{ rules: [{ ...watch, resourceNames: ["db"] }], in: "payments" }],
      held: { SECRETS_GET: "low payments" },
    },
    {
      name: "list gives the same",
      grants: [{ rules: [{ ...watch, verbs: ["list", "watch"] }], in: "payments" }],
      held: { SECRETS_LIST: "medium payments" },
    },
    {
      name: "list in one namespace says nothing of another",
      grants: [
        { rules: [{ ...watch, verbs: ["list"] }], in: "payments" },
        { rules: [watch], in: "shop" },
      ],
      held: { SECRETS_LIST: "medium payments", [ID]: "medium shop" },
    },
    {
      name: "another API group means nothing",
      grants: [{ rules: [{ ...watch, apiGroups: ["example.com"] }], in: "payments" }],
      held: {},
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))).toEqual(held);
  });
});
