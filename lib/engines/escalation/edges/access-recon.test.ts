import { describe, expect, it } from "vitest";
import { aGrantedCluster, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";

const review = { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"] };
const list = { verbs: ["list"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterrolebindings"] };

describe("ACCESS_RECON", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "reviewing tokens", grants: [{ rules: [review] }], held: "low cluster" },
    {
      name: "reviewing access",
      grants: [{ rules: [{ ...review, apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"] }] }],
      held: "low cluster",
    },
    { name: "listing bindings", grants: [{ rules: [list] }], held: "low cluster" },
    {
      name: "asking about oneself is everybody's right",
      grants: [
        {
          rules: [
            {
              ...review,
              apiGroups: ["authorization.k8s.io"],
              resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
            },
          ],
        },
      ],
      held: undefined,
    },
    {
      name: "asking about one namespace is its administrator's",
      grants: [
        { rules: [{ ...review, apiGroups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"] }] },
      ],
      held: undefined,
    },
    { name: "reading one binding is not the map", grants: [{ rules: [{ ...list, verbs: ["get"] }] }], held: undefined },
    {
      name: "16: through a role binding it is inert",
      grants: [{ rules: [review, list], in: "kube-system" }],
      held: undefined,
    },
    {
      name: "another group is not",
      grants: [{ rules: [{ ...review, apiGroups: ["authorization.k8s.io"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [review], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants)).ACCESS_RECON).toBe(held);
  });
});
