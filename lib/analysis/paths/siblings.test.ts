import { describe, expect, it } from "vitest";
import { findPaths } from "#lib/engines/escalation/index.ts";
import { aGrantedCluster, type GivenGrant } from "#lib/testing/build-escalations.ts";
import { graphOf, sourceNamed, stepIds } from "#lib/testing/build-paths.ts";
import { aContainer, aPod } from "#lib/testing/build-pods.ts";
import type { SnapshotParts } from "#lib/testing/build-snapshot.ts";
import { foldedSteps } from "./path-view.ts";
import { otherBindings, siblingsOf } from "./siblings.ts";

const exec = { verbs: ["create"], resources: ["pods/exec"] };
const onNode = (namespace: string) =>
  aPod(namespace, `${namespace}-0`, {
    spec: { automountServiceAccountToken: false, containers: [aContainer({ securityContext: { privileged: true } })] },
  });

/** alice may exec in these namespaces, each with a privileged pod on the node of ops/root. */
function aSharedNode(...namespaces: readonly string[]): SnapshotParts {
  const parts = aGrantedCluster(...namespaces.map((namespace): GivenGrant => ({ rules: [exec], in: namespace })));
  return { ...parts, pods: [...(parts.pods ?? []), ...namespaces.map(onNode)] };
}

function firstPath(parts: SnapshotParts) {
  const graph = graphOf(parts);
  const [path] = findPaths(graph, sourceNamed(graph, "User:alice"), graph.target("cluster-admin"), { max: 1 });
  if (!path) throw new Error("alice has no path");
  return { graph, path };
}

describe("siblingsOf", () => {
  it("names what else leads on by the same kinds of steps, for each step but the last", () => {
    const { graph, path } = firstPath(aSharedNode("payments", "shop"));
    expect(stepIds(path.steps)).toEqual(["POD_EXEC", "POD_ESCAPE", "NODE_CONTENTS", "CLUSTER_ADMIN"]);
    expect(siblingsOf(graph, path, null)).toEqual([
      { count: 1, atLeast: false, what: "Further namespaces that lead on in the same way", items: ["pods of shop"] },
      null,
      null,
      null,
    ]);
  });

  it("finds none where one place alone leads on", () => {
    const { graph, path } = firstPath(aSharedNode("payments"));
    expect(siblingsOf(graph, path, null)).toEqual([null, null, null, null]);
  });

  it("does not count a wider name for the place itself", () => {
    const { graph, path } = firstPath({ ...aGrantedCluster({ rules: [exec] }) });
    expect(stepIds(path.steps)).toEqual(["POD_EXEC", "POD_TOKEN", "CLUSTER_ADMIN"]);
    expect(siblingsOf(graph, path, null)).toEqual([null, null, null]);
  });
});

describe("otherBindings", () => {
  it("names the bindings beside the first that give the right", () => {
    const { graph, path } = firstPath(aGrantedCluster({ rules: [exec], in: "ops" }, { rules: [exec], in: "ops" }));
    const [first = [], second = []] = foldedSteps(path.steps);
    expect(otherBindings(graph, first)?.items).toEqual(["RoleBinding ops/binding-1"]);
    expect(otherBindings(graph, second)).toBeNull();
  });
});
