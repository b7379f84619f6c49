import { describe, expect, it } from "vitest";
import {
  laneGraphSchema,
  type AttackPathView,
  type LaneGraph,
  type PathPlace,
  type PathStep,
} from "#lib/contracts/paths.ts";
import { laneGraph, type LanePath } from "./lane-graph.ts";

const ALICE: PathPlace = { type: "subject", label: "User", title: "alice", subject: "User:alice" };
const CLUSTER: PathPlace = { type: "target", label: "Takes over", title: "the cluster" };
const pods = (namespace: string): PathPlace => ({ type: "pods", label: "Runs code in", title: `pods of ${namespace}` });
const node = (name: string): PathPlace => ({ type: "node", label: "Is root on", title: name });

/** A step by a right that the binding `binding` gives, or by a fact where there is none. */
function aStep(to: PathPlace, { binding, through, state = "active" }: StepParts = {}): PathStep {
  const ref = { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding", name: binding ?? "" };
  const grant = {
    binding: ref,
    role: { ...ref, kind: "ClusterRole", name: `${binding}-role` },
    ruleIndex: 0,
    through:
      through === undefined ? { kind: "User" as const, name: "alice" } : { kind: "Group" as const, name: through },
  };
  return {
    id: "STEP",
    name: "do something",
    action: "does something",
    from: ALICE,
    to,
    state,
    reason: state === "active" ? null : "because",
    needs: binding === undefined ? [] : [{ request: "get it", grant, otherGrants: 0, reviews: [] }],
    facts: [],
    gives: "",
    precondition: null,
    fix: "",
    technique: "",
    reference: "",
  };
}
interface StepParts {
  readonly binding?: string;
  readonly through?: string;
  readonly state?: PathStep["state"];
}

function aPath(...steps: readonly PathStep[]): LanePath {
  const path: AttackPathView = {
    from: ALICE,
    to: steps.at(-1)?.to ?? CLUSTER,
    severity: "critical",
    sentence: "",
    effort: 1,
    alike: 0,
    manyAlike: false,
    steps: [...steps],
  };
  return { path, steps: steps.map(() => ({ siblings: null, bindings: null })) };
}

/** The nodes lane by lane, in words. */
function lanesOf(graph: LaneGraph | null): readonly string[] {
  return (graph?.lanes ?? []).map(
    ({ title, x }) =>
      `${title}: ${graph?.nodes
        .filter((one) => one.x === x)
        .map((one) => `${one.label} ${one.title}`)
        .join(", ")}`,
  );
}

const SHORT = aPath(aStep(CLUSTER, { binding: "admin" }));
const LONG = aPath(aStep(pods("ci"), { binding: "exec" }), aStep(node("n1")), aStep(CLUSTER));

describe("lanes", () => {
  it.each([
    { name: "no path gives no drawing", paths: [], lanes: [] },
    {
      name: "a right that takes over at once stands between role and target",
      paths: [SHORT],
      lanes: [
        "Subject: User alice",
        "Binding: ClusterRoleBinding admin",
        "Role: ClusterRole admin-role",
        "What that gives, step by step: Right do something",
        "Target: Takes over the cluster",
      ],
    },
    {
      name: "a group has a lane only where one is passed",
      paths: [aPath(aStep(CLUSTER, { binding: "admin", through: "ops" }))],
      lanes: [
        "Subject: User alice",
        "Group: Group ops",
        "Binding: ClusterRoleBinding admin",
        "Role: ClusterRole admin-role",
        "What that gives, step by step: Right do something",
        "Target: Takes over the cluster",
      ],
    },
    {
      name: "without a right there is neither binding nor role",
      paths: [aPath(aStep(CLUSTER))],
      lanes: ["Subject: User alice", "Target: Takes over the cluster"],
    },
    {
      name: "paths of different lengths end in the same lane",
      paths: [SHORT, LONG],
      lanes: [
        "Subject: User alice",
        "Binding: ClusterRoleBinding admin, ClusterRoleBinding exec",
        "Role: ClusterRole admin-role, ClusterRole exec-role",
        "What that gives, step by step: Right do something, Runs code in pods of ci",
        ": Is root on n1",
        "Target: Takes over the cluster",
      ],
    },
  ])("$name", ({ paths, lanes }) => {
    expect(lanesOf(laneGraph(paths))).toEqual(lanes);
  });

  it("names the binding of a later right with the place it leads to", () => {
    const graph = laneGraph([aPath(aStep(pods("ci"), { binding: "exec" }), aStep(CLUSTER, { binding: "later" }))]);
    expect(graph?.nodes.find(({ type }) => type === "capability")).toMatchObject({
      title: "do something",
      detail: "ClusterRoleBinding later",
      object: { kind: "ClusterRoleBinding", name: "later" },
    });
  });

  it("says which further bindings a right needs", () => {
    const step = aStep(CLUSTER, { binding: "one" });
    const other = aStep(CLUSTER, { binding: "two" });
    const graph = laneGraph([aPath({ ...step, needs: [...step.needs, ...other.needs] })]);
    expect(graph?.nodes.find(({ type }) => type === "binding")?.more).toEqual({
      count: 1,
      atLeast: false,
      what: "Bindings that are needed as well",
      items: ["ClusterRoleBinding two"],
    });
  });
});

describe("layout", () => {
  const many = [SHORT, LONG, aPath(aStep(pods("shop"), { binding: "exec" }), aStep(node("n2")), aStep(CLUSTER))];

  it("has the shape of the contract and is equal for equal paths", () => {
    const graph = laneGraph(many);
    expect(laneGraphSchema.parse(graph)).toEqual(graph);
    expect(laneGraph(structuredClone(many))).toEqual(graph);
  });

  it("draws what paths share once, with every path through it", () => {
    const graph = laneGraph(many);
    expect(graph?.nodes.filter(({ title }) => title === "exec").map(({ paths }) => paths)).toEqual([[1, 2]]);
    expect(graph?.nodes.find(({ type }) => type === "target")?.paths).toEqual([0, 1, 2]);
    expect(graph?.edges.filter(({ paths }) => paths.length > 1).map(({ paths }) => paths)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it("never lays two nodes on one another, and keeps all within its size", () => {
    const graph = laneGraph(many);
    const corners = graph?.nodes.map(({ x, y }) => `${x} ${y}`) ?? [];
    expect(new Set(corners).size).toBe(corners.length);
    for (const { x, y } of graph?.nodes ?? []) {
      expect(x + (graph?.nodeWidth ?? 0)).toBeLessThanOrEqual(graph?.width ?? 0);
      expect(y + (graph?.nodeHeight ?? 0)).toBeLessThanOrEqual(graph?.height ?? 0);
    }
  });

  it("never runs a line through a node that is not at its ends", () => {
    const graph = laneGraph(many);
    for (const { points } of graph?.edges ?? []) {
      const inner = points.slice(1, -1);
      const hit = graph?.nodes.filter(({ x, y }) =>
        inner.some((point) => point.x === x && point.y === y + graph.nodeHeight / 2),
      );
      expect(hit).toEqual([]);
    }
  });

  it("marks the line of a step that does not work now", () => {
    const blocked = laneGraph([
      aPath(aStep(pods("ci"), { binding: "exec" }), aStep(node("n1"), { state: "blocked" }), aStep(CLUSTER)),
    ]);
    expect(blocked?.edges.map(({ state }) => state)).toEqual(["active", "active", "active", "blocked", "active"]);
  });

  it("keeps names such as __proto__ apart", () => {
    const graph = laneGraph([SHORT, aPath(aStep(CLUSTER, { binding: "__proto__" }))]);
    expect(graph?.nodes.filter(({ type }) => type === "binding").map(({ title }) => title)).toEqual([
      "admin",
      "__proto__",
    ]);
  });
});
