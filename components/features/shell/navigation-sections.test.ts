import { describe, expect, it } from "vitest";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { navigationSections } from "./navigation-sections.ts";

const CLUSTER: ClusterSummary = {
  id: "c1",
  name: "prod",
  source: { type: "demo", detail: "" },
  platform: null,
  version: null,
  state: "current",
  lastScan: null,
  lastError: null,
  activeJob: null,
  worst: "critical",
  because: "",
  topics: [
    {
      topic: "access",
      mark: "critical",
      sentence: "",
      counts: [
        { mark: "critical", count: 3 },
        { mark: "high", count: 4 },
        { mark: "medium", count: 9 },
        { mark: "unknown", count: 5 },
      ],
      completeness: null,
    },
  ],
  completeness: null,
  trend: [],
};

const itemsOf = (...parameters: Parameters<typeof navigationSections>) =>
  navigationSections(...parameters).flatMap((section) => section.items);

describe("navigationSections", () => {
  it("has no cluster pages outside a cluster", () => {
    expect(itemsOf([CLUSTER], null).map((item) => item.href)).toEqual(["/", "/settings"]);
  });

  it("counts what is critical or high, and nothing else", () => {
    expect(itemsOf([CLUSTER], "c1").find((item) => item.icon === "access")?.count).toBe(7);
  });

  it("keeps the pages of a cluster that could not be loaded", () => {
    expect(itemsOf([], "c1").map((item) => item.href)).toEqual([
      "/",
      "/clusters/c1",
      "/clusters/c1/access",
      "/settings",
    ]);
  });
});
