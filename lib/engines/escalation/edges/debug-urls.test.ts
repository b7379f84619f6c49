import { describe, expect, it } from "vitest";
import { aGrantedCluster, escalationsIn, heldBy, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { occurrenceProver } from "../explain.ts";

const ID = "DEBUG_URLS";
const urls = (nonResourceURLs: readonly string[], verbs = ["get"]) => ({
  verbs,
  apiGroups: [],
  resources: [],
  nonResourceURLs,
});

describe("DEBUG_URLS", () => {
  it.each<{ name: string; grants: readonly GivenGrant[]; held: string | undefined }>([
    { name: "every URL", grants: [{ rules: [urls(["*"])] }], held: "low cluster" },
    { name: "/debug/*", grants: [{ rules: [urls(["/debug/*"])] }], held: "low cluster" },
    { name: "/debug/pprof/*", grants: [{ rules: [urls(["/debug/pprof/*"])] }], held: "low cluster" },
    { name: "/logs/*", grants: [{ rules: [urls(["/logs/*"])] }], held: "low cluster" },
    { name: "/logs*", grants: [{ rules: [urls(["/logs*"], ["*"])] }], held: "low cluster" },
    {
      name: "/metrics and /healthz are harmless",
      grants: [{ rules: [urls(["/metrics", "/healthz/*"])] }],
      held: undefined,
    },
    { name: "/debug is not what is below it", grants: [{ rules: [urls(["/debug"])] }], held: undefined },
    { name: "*/pprof is no wildcard", grants: [{ rules: [urls(["*/pprof"])] }], held: undefined },
    { name: "another verb", grants: [{ rules: [urls(["*"], ["post"])] }], held: undefined },
    { name: "16: through a role binding it is inert", grants: [{ rules: [urls(["*"])], in: "shop" }], held: undefined },
    {
      name: "a rule for resources is none for URLs",
      grants: [{ rules: [{ verbs: ["get"], apiGroups: ["*"], resources: ["*"] }] }],
      held: undefined,
    },
    {
      name: "a default binding is expected",
      grants: [{ rules: [urls(["*"])], byDefault: true }],
      held: "low cluster expected",
    },
  ])("$name", ({ grants, held }) => {
    expect(heldBy(aGrantedCluster(...grants))[ID]).toBe(held);
  });

  it("is proven by the rule of the URL", () => {
    const { model, result } = escalationsIn(
      aGrantedCluster({ rules: [{ resources: ["configmaps"] }, urls(["/debug/*"])] }),
    );
    const alice = { kind: "User", name: "alice" } as const;
    const position = model.findSubject("user", "alice") ?? -1;
    const occurrence = result.of(position).find(({ edge }) => edge.id === ID);
    const needs = occurrence && occurrenceProver(model, alice, result.facts)(occurrence);
    expect(needs?.map(({ request, grant }) => [request, grant?.ruleIndex])).toEqual([["get /debug/pprof/heap", 1]]);
  });
});
