import { describe, expect, it } from "vitest";
import { expandManifests, parseCommand, SOURCE_OPTIONS } from "./arguments.ts";

describe("expandManifests", () => {
  const exists = (text: string) => ["a", "b", "-"].includes(text);
  it.each([
    {
      name: "takes every path that follows",
      args: ["--manifests", "a", "b"],
      result: ["--manifests=a", "--manifests=b"],
    },
    { name: "ends at an option", args: ["--manifests", "a", "--as", "b"], result: ["--manifests=a", "--as", "b"] },
    { name: "ends at what is no path", args: ["--manifests", "a", "get", "b"], result: ["--manifests=a", "get", "b"] },
    { name: "ends at --", args: ["--manifests", "a", "--", "b"], result: ["--manifests=a", "--", "b"] },
    {
      name: "takes the first in any case, so that its absence is told",
      args: ["--manifests", "none"],
      result: ["--manifests=none"],
    },
    { name: "takes standard input", args: ["--manifests", "-", "a"], result: ["--manifests=-", "--manifests=a"] },
    {
      name: "may be given again",
      args: ["--manifests", "a", "--manifests", "b"],
      result: ["--manifests=a", "--manifests=b"],
    },
    { name: "changes nothing else", args: ["get", "a"], result: ["get", "a"] },
  ])("$name", ({ args, result }) => {
    expect(expandManifests(args, exists)).toEqual(result);
  });

  it("refuses to end without a path", () => {
    expect(() => expandManifests(["--manifests"], exists)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

describe("parseCommand", () => {
  it("reads options and positionals", () => {
    const { values, positionals } = parseCommand(["--demo", "big", "get", "-o", "json"], SOURCE_OPTIONS, "scan");
    expect({ ...values }).toEqual({ demo: "big", output: "json" });
    expect(positionals).toEqual(["get"]);
  });
  it.each([
    { name: "an unknown option", args: ["--fly"] },
    { name: "an option without its value", args: ["--demo"] },
    { name: "a value for a switch", args: ["--in-cluster=yes"] },
  ])("refuses $name and says where to read more", ({ args }) => {
    expect(() => parseCommand(args, SOURCE_OPTIONS, "scan")).toThrow(
      expect.objectContaining({ code: "invalid_input", hint: "See: kordon help scan" }),
    );
  });
});
