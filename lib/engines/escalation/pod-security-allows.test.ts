import { expect, it } from "vitest";
import { aGrantedCluster, escalationsIn } from "#lib/testing/build-escalations.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { allowsPrivileged } from "./pod-security-allows.ts";

it("goes by the label of the namespace, and in the cluster by any of them", () => {
  const parts = aGrantedCluster();
  const { facts } = escalationsIn(parts).result;
  expect(allowsPrivileged({ namespace: "payments" }, facts)).toBe(false);
  expect(allowsPrivileged({ namespace: null }, facts)).toBe(false);
  const lab = { metadata: aMetadata({ name: "lab" }) };
  const open = escalationsIn({ ...parts, namespaces: [...(parts.namespaces ?? []), lab] }).result.facts;
  expect(allowsPrivileged({ namespace: "lab" }, open)).toBe(true);
  expect(allowsPrivileged({ namespace: "payments" }, open)).toBe(false);
  expect(allowsPrivileged({ namespace: null }, open)).toBe(true);
});
