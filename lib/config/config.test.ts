import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

it("has a default for everything", () => {
  expect(readConfig({ XDG_DATA_HOME: "/data" })).toEqual({
    dataDir: "/data/kordon",
    storePath: "/data/kordon/kordon.db",
    keyPath: "/data/kordon/worker-key.json",
    host: "127.0.0.1",
    port: 3000,
    kubeconfigPaths: [],
    allowedNetworks: [],
    scanConcurrency: 2,
    scanMemoryMib: 2048,
    scanTimeoutMs: 900_000,
    demo: false,
    logLevel: "info",
  });
});

it.each([
  { name: "a folder", set: { KORDON_DATA: "/srv" }, read: { dataDir: "/srv", storePath: "/srv/kordon.db" } },
  { name: "a port", set: { KORDON_PORT: "8080" }, read: { port: 8080 } },
  { name: "any free port", set: { KORDON_PORT: "0" }, read: { port: 0 } },
  { name: "IPv6 loopback", set: { KORDON_HOST: "::1" }, read: { host: "::1" } },
  {
    name: "lists, blanks around entries dropped",
    set: { KORDON_ALLOWED_NETWORKS: " 10.0.0.0/8, ,fd00::/8" },
    read: { allowedNetworks: ["10.0.0.0/8", "fd00::/8"] },
  },
  { name: "seconds", set: { KORDON_SCAN_TIMEOUT_S: "60" }, read: { scanTimeoutMs: 60_000 } },
  { name: "the demo", set: { KORDON_DEMO: "1" }, read: { demo: true } },
])("reads $name", ({ set, read }) => {
  expect(readConfig(set)).toMatchObject(read);
});

describe("refuses, naming the variable", () => {
  it.each([
    ["KORDON_HOST", "0.0.0.0"],
    ["KORDON_HOST", "127.0.0.1.example.com"],
    ["KORDON_HOST", ""],
    ["KORDON_PORT", "70000"],
    ["KORDON_PORT", "80.5"],
    ["KORDON_PORT", "http"],
    ["KORDON_SCAN_CONCURRENCY", "0"],
    ["KORDON_SCAN_MEMORY_MIB", "1"],
    ["KORDON_DEMO", "yes"],
    ["KORDON_LOG", "loud"],
    ["KORDON_DATA", ""],
  ])("%s=%j", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: "invalid_input", message: expect.stringContaining(`${name}:`) }),
    );
  });
});
