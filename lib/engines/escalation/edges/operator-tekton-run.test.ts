import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorTektonRun } from "./operator-tekton-run.ts";

const old = "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/controller:v0.50.0";
const hashed = "ghcr.io/tektoncd/pipeline/controller-10a3e32792f33651396d02b6855a6e36:v1.3.0@sha256:00";
describeOperator(operatorTektonRun, {
  group: "tekton.dev",
  resource: "pipelineruns",
  image: old,
  held: "critical cluster",
});
describeOperator(operatorTektonRun, {
  group: "tekton.dev",
  resource: "pipelineruns",
  image: hashed,
  held: "critical cluster",
});

it.each([
  {
    name: "a task run in a plain namespace",
    verbs: ["create"],
    resources: ["taskruns"],
    in: "payments",
    held: "medium payments",
  },
  { name: "changing a task that others run", verbs: ["patch"], resources: ["tasks"], in: "ops", held: "critical ops" },
  {
    name: "one more task runs nowhere",
    verbs: ["create"],
    resources: ["tasks", "pipelines"],
    in: "ops",
    held: undefined,
  },
])("$name", ({ verbs, resources, held, ...grant }) => {
  const rules = [{ verbs, apiGroups: ["tekton.dev"], resources }];
  const parts = withController(aGrantedCluster({ rules, in: grant.in }), {
    group: "tekton.dev",
    resources: ["pipelineruns"],
    image: old,
  });
  expect(heldBy(parts).OPERATOR_TEKTON_RUN).toBe(held);
});
