import { expect, it } from "vitest";
import { aGrantedCluster, escalationsIn } from "#lib/testing/build-escalations.ts";
import { withController } from "#lib/testing/build-controller.ts";
import { actingAs, controllersOf, controllerTarget, operatorState } from "./operator.ts";

const operator = {
  product: "Widgets",
  group: "widgets.example.com",
  resource: "widgets",
  images: ["widgets/controller"],
  account: "acting",
};
const factsOf = (parts: Parameters<typeof escalationsIn>[0]) => escalationsIn(parts).result.facts;
const running = (account: string, image = "registry.example.com/mirror/widgets/controller:v1") =>
  withController(aGrantedCluster(), { ...operator, resources: ["widgets"], image, account });

it("knows controllers by their image, and the one that acts by its name", () => {
  expect(controllersOf(factsOf(running("any")), operator)).toEqual([{ namespace: "controllers", name: "any" }]);
  const both = withController(running("any"), {
    group: operator.group,
    resources: [],
    image: "widgets/controller",
    account: "acting",
  });
  expect(controllersOf(factsOf(both), operator)).toEqual([{ namespace: "controllers", name: "acting" }]);
  expect(controllersOf(factsOf(running("any", "other/widgets-controller")), operator)).toEqual([]);
});

it("knows them by an image whose name carries a hash", () => {
  const hashed = running("any", "widgets/controller-10a3e32792f33651396d02b6855a6e36@sha256:00");
  expect(controllersOf(factsOf(hashed), operator)).toHaveLength(1);
});

it.each([
  { name: "active where it runs", parts: running("any"), state: { state: "active" } },
  {
    name: "latent where nothing runs",
    parts: { ...running("any"), pods: [] },
    state: { state: "latent", reason: "no controller of Widgets runs in the cluster" },
  },
  {
    name: "latent where pods could not be read",
    parts: { ...running("any"), pods: [], gaps: [{ resource: "pods", state: "forbidden" as const }] },
    state: { state: "latent", reason: "whether a controller of Widgets runs could not be read" },
  },
  {
    name: "latent where the kind is not served",
    parts: {
      ...running("any"),
      apiResources: [{ group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: [] }],
    },
    state: { state: "latent", reason: "the API does not serve widgets.widgets.example.com" },
  },
  {
    name: "active where discovery could not be read",
    parts: { ...running("any"), apiResources: [] },
    state: { state: "active" },
  },
])("is $name", ({ parts, state }) => {
  expect(operatorState(factsOf(parts), operator)).toEqual(state);
});

it("acts as the accounts, by namespace", () => {
  const accounts = [
    { namespace: "a", name: "x" },
    { namespace: "a", name: "y" },
    { namespace: "b", name: "x" },
  ];
  expect(actingAs(accounts)).toEqual([
    { type: "identities", namespace: "a", names: ["x", "y"] },
    { type: "identities", namespace: "b", names: ["x"] },
  ]);
  expect(actingAs([])).toEqual([]);
});

it("names the account in the chain", () => {
  expect(controllerTarget(factsOf(running("any")), operator).detail).toBe("controllers/any");
  expect(controllerTarget(factsOf(aGrantedCluster()), operator).detail).toBe("once a controller of it runs");
});
