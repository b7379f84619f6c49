import { describe, expect, it } from "vitest";
import type { EscalationEdge } from "#lib/engines/escalation/edge.ts";
import { withController } from "./build-controller.ts";
import { aGrantedCluster, heldBy, type GivenGrant } from "./build-escalations.ts";
import { anAccount } from "./build-rbac.ts";
import { holdAlone } from "./hold-alone.ts";

interface OperatorCase {
  readonly group: string;
  /** Resource to write; the operator serves it. */
  readonly resource: string;
  readonly image: string;
  /** Further resources that are served with it. */
  readonly also?: readonly string[];
  /** What it is worth cluster-wide beside a controller that is cluster-admin. */
  readonly held: "critical cluster" | "high cluster" | "medium cluster";
}

/** What holds for writing the resources of any operator: which rights count, and that a controller must be there. */
export function describeOperator(
  edge: EscalationEdge,
  { group, resource, image, also = [], held }: OperatorCase,
): void {
  const write = { verbs: ["create"], apiGroups: [group], resources: [resource] };
  const world = (...grants: readonly GivenGrant[]) =>
    withController(aGrantedCluster(...grants), { group, resources: [resource, ...also], image });

  describe(`${edge.id}: ${resource}`, () => {
    it.each<{ name: string; grants: readonly GivenGrant[]; expected: string | undefined }>([
      { name: "create", grants: [{ rules: [write] }], expected: held },
      { name: "update", grants: [{ rules: [{ ...write, verbs: ["update"] }] }], expected: held },
      {
        name: "10: create limited by name is inert",
        grants: [{ rules: [{ ...write, resourceNames: ["x"] }] }],
        expected: undefined,
      },
      {
        name: "reading and deleting are not",
        grants: [{ rules: [{ ...write, verbs: ["get", "list", "delete"] }] }],
        expected: undefined,
      },
      {
        name: "the status is not",
        grants: [{ rules: [{ ...write, verbs: ["update"], resources: [`${resource}/status`] }] }],
        expected: undefined,
      },
      {
        name: "another group is not",
        grants: [{ rules: [{ ...write, apiGroups: ["example.com"] }] }],
        expected: undefined,
      },
      {
        name: "a default binding is expected",
        grants: [{ rules: [write], byDefault: true }],
        expected: `${held} expected`,
      },
    ])("$name", ({ grants, expected }) => {
      expect(heldBy(world(...grants))[edge.id]).toBe(expected);
    });

    it("does not count for the controller itself", () => {
      const robot = anAccount("controllers", "robot");
      expect(holdAlone(world({ rules: [write], to: robot }), edge, "ServiceAccount:controllers/robot")).toEqual([]);
      const other = anAccount("ops", "helper");
      expect(holdAlone(world({ rules: [write], to: other }), edge, "ServiceAccount:ops/helper")).toHaveLength(1);
    });

    it("waits for a controller, and for the API to serve the kind", () => {
      const parts = world({ rules: [write] });
      expect(holdAlone({ ...parts, pods: [] }, edge)).toMatchObject([
        { state: "latent", reason: expect.stringContaining("controller") },
      ]);
      const apiResources = [{ group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: [] }];
      expect(holdAlone({ ...parts, apiResources }, edge)).toMatchObject([
        { state: "latent", reason: expect.stringContaining("does not serve") },
      ]);
      expect(holdAlone(parts, edge)).toMatchObject([{ state: "active" }]);
    });
  });
}
