import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SpecObject } from "#lib/model/cluster-objects.ts";
import type { Json, ObjectMetadata } from "#lib/model/metadata.ts";
import type { Pod, PodSpec } from "#lib/model/pod.ts";
import type { ClusterSnapshot } from "#lib/model/snapshot.ts";
import { COLLECTIONS } from "#lib/model/kinds.ts";
import { decodeSnapshot, encodeSnapshot, readSnapshotFile, writeSnapshotFile } from "./index.ts";

const metadata = (name: string, namespace?: string, labels: ObjectMetadata["labels"] = []): ObjectMetadata => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  labels,
  annotations: [],
  ownerReferences: [],
});

function podSpec(fields: Partial<PodSpec> = {}): PodSpec {
  return {
    serviceAccountName: "default",
    containers: [],
    volumes: [],
    tolerations: [],
    nodeSelector: [],
    imagePullSecrets: [],
    resourceClaims: [],
    ...fields,
  };
}

function aPod(name: string, namespace: string, spec: PodSpec, labels: ObjectMetadata["labels"] = []): Pod {
  return { metadata: metadata(name, namespace, labels), spec, podIPs: ["10.0.0.1"], imageIds: [] };
}

function aSnapshot(objects: Partial<ClusterSnapshot["objects"]> = {}): ClusterSnapshot {
  const empty = Object.fromEntries(COLLECTIONS.map((collection) => [collection, []]));
  return {
    formatVersion: 1,
    clusterName: "test",
    source: { type: "live", server: "https://a.example" },
    collectedAt: "2026-11-23T12:00:00.000Z",
    durationMs: 5,
    version: { gitVersion: "v1.37.2", major: "1", minor: "37" },
    apiResources: [{ group: "", version: "v1", resource: "pods", kind: "Pod", namespaced: true, verbs: ["get"] }],
    apiServer: { tlsVersion: "TLSv1.3" },
    coverage: [{ group: "", resource: "pods", kind: "Pod", state: "partial", reason: "skew", objects: 1 }],
    skipped: [{ apiVersion: "v1", kind: "Secret", objects: 2 }],
    assumptions: ["x"],
    // every collection is there, most of them empty
    objects: { ...empty, ...objects } as unknown as ClusterSnapshot["objects"],
  };
}

const podsOf = (count: number, changed?: number): readonly Pod[] => {
  const spec = podSpec({ schedulerName: "s".repeat(100) });
  return Array.from({ length: count }, (_, index) => {
    const name = `pod-${String(index).padStart(6, "0")}`;
    return aPod(name, `ns-${Math.floor(index / 100)}`.padEnd(6, "0"), spec, [
      ["app", index === changed ? "changed" : "a".repeat(60)],
    ]);
  }).sort((a, b) =>
    (a.metadata.namespace ?? "") + a.metadata.name < (b.metadata.namespace ?? "") + b.metadata.name ? -1 : 1,
  );
};

describe("encode and decode", () => {
  const text = fc.constantFrom("a", "b", "__proto__", "constructor", "ns/x", "ü", "\u202e", "");
  const labels = fc
    .uniqueArray(text, { maxLength: 3 })
    .chain((keys) => fc.tuple(...keys.sort().map((key) => fc.tuple(fc.constant(key), text))));
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
  const objects = fc.uniqueArray(
    fc.record({ name: fc.string({ minLength: 1, maxLength: 8 }), namespace: text, labels, spec: json, node: text }),
    { maxLength: 30, selector: ({ name, namespace }) => `${namespace}/${name}` },
  );

  it("give back an equal snapshot, and equal text for it", () => {
    fc.assert(
      fc.property(objects, (drawn) => {
        const sorted = drawn.sort((a, b) =>
          a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : a.name < b.name ? -1 : 1,
        );
        const snapshot = aSnapshot({
          pods: sorted.map((entry) => ({
            ...aPod(entry.name, entry.namespace, podSpec({ securityContext: entry.spec }), entry.labels),
            nodeName: entry.node,
          })),
          services: sorted.map((entry): SpecObject => ({
            metadata: metadata(entry.name, entry.namespace, entry.labels),
            group: "",
            kind: "Service",
            version: "v1",
            spec: entry.spec,
          })),
        });
        const encoded = encodeSnapshot(snapshot);
        const decoded = decodeSnapshot(encoded);
        expect(decoded).toEqual(snapshot);
        expect(encodeSnapshot(decoded)).toEqual(encoded);
      }),
      { numRuns: 200 },
    );
  });

  it("keep the token Secrets of an account, and read snapshots that know none", () => {
    const account = { metadata: metadata("a", "b"), secrets: [], imagePullSecrets: [] };
    const snapshot = aSnapshot({ serviceAccounts: [{ ...account, tokenSecrets: ["t"] }] });
    expect(decodeSnapshot(encodeSnapshot(snapshot))).toEqual(snapshot);
    const older = aSnapshot({ serviceAccounts: [account] });
    expect(decodeSnapshot(encodeSnapshot(older)).objects.serviceAccounts[0]).not.toHaveProperty("tokenSecrets");
  });

  it("do not depend on the order in which fields were set", () => {
    const pod = aPod("a", "b", podSpec({ hostPID: true }));
    const reversed = Object.fromEntries(Object.entries(pod).toReversed()) as unknown as Pod; // the same fields
    expect(encodeSnapshot(aSnapshot({ pods: [reversed] }))).toEqual(encodeSnapshot(aSnapshot({ pods: [pod] })));
  });

  it("share equal specifications and labels again, across chunks too", () => {
    const encoded = encodeSnapshot(aSnapshot({ pods: podsOf(10_000) }));
    expect(encoded.chunks.filter(({ collection }) => collection === "pods").length).toBeGreaterThan(3);
    const { pods } = decodeSnapshot(encoded).objects;
    expect(new Set(pods.map(({ spec }) => spec)).size).toBe(1);
    expect(new Set(pods.map((pod) => pod.metadata.labels)).size).toBe(1);
  });

  it("leave all chunks but one or two as they were when one object changes, comes or goes", () => {
    const chunks = (pods: readonly Pod[]): Set<string> =>
      new Set(encodeSnapshot(aSnapshot({ pods })).chunks.map((chunk) => chunk.text));
    const before = chunks(podsOf(10_000));
    for (const after of [
      chunks(podsOf(10_000, 5_000)),
      chunks(podsOf(10_000).toSpliced(5_000, 1)),
      chunks(podsOf(10_001)),
    ]) {
      expect(after.difference(before).size).toBeLessThanOrEqual(2);
    }
    const sizes = [...before].map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThan(1.2 * 1024 * 1024);
  });
});

describe("what is not a snapshot", () => {
  const encoded = encodeSnapshot(aSnapshot({ pods: podsOf(3) }));
  const withHeader = (change: (header: Record<string, unknown>) => object): string =>
    JSON.stringify(change(JSON.parse(encoded.header)));
  const [chunk] = encoded.chunks;
  const withChunk = (change: (chunk: Record<string, unknown>) => object): string =>
    JSON.stringify(change(JSON.parse(chunk?.text ?? "")));

  it.each([
    { name: "another format", header: '{"a":1}', reason: "not a Kordon snapshot" },
    { name: "text", header: "hello", reason: "not a Kordon snapshot" },
    {
      name: "a newer format",
      header: withHeader((header) => ({ ...header, formatVersion: 2 })),
      reason: "newer Kordon (format 2; this one reads 1)",
    },
    {
      name: "a wrong type",
      header: withHeader((header) => ({ ...header, coverage: [{ state: "fine" }] })),
      reason: "coverage[0]",
    },
    { name: "a missing part", header: withHeader(({ version: _version, ...header }) => header), reason: "version" },
  ])("a header with $name is refused with the reason", ({ header, reason }) => {
    expect(() => decodeSnapshot({ ...encoded, header })).toThrow(
      expect.objectContaining({ code: "invalid_input", message: expect.stringContaining(reason) }),
    );
  });

  it.each([
    { name: "broken JSON", text: "{", reason: "not valid JSON" },
    {
      name: "an unknown collection",
      text: withChunk((value) => ({ ...value, collection: "secrets" })),
      reason: "collection",
    },
    {
      name: "an index that is not there",
      text: withChunk((value) => ({ ...value, specs: [] })),
      reason: "pod specification 0 is not in the chunk",
    },
    {
      name: "an object of another form",
      text: withChunk((value) => ({ ...value, objects: [{ metadata: { name: 5 } }] })),
      reason: "metadata.name",
    },
    {
      name: "fewer objects than said",
      text: withChunk((value) => ({ ...value, objects: [] })),
      reason: "should hold 3 pods and holds 0",
    },
  ])("a chunk with $name is refused with the reason", ({ text, reason }) => {
    const chunks = [{ collection: "pods" as const, text }];
    expect(() => decodeSnapshot({ ...encoded, chunks })).toThrow(
      expect.objectContaining({ code: "invalid_input", message: expect.stringContaining(reason) }),
    );
  });
});

describe("files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kordon-snapshot-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const snapshot = aSnapshot({ pods: podsOf(3_000) });

  it.each(["plain.json", "packed.json.gz"])(
    "%s gives back an equal snapshot and leaves nothing else behind",
    async (name) => {
      const path = join(folder, name);
      await writeSnapshotFile(snapshot, path);
      expect(await readSnapshotFile(path)).toEqual(snapshot);
      expect((await stat(path)).mode & 0o077).toBe(0);
      expect((await readdir(folder)).filter((entry) => entry.endsWith(".tmp"))).toEqual([]);
    },
  );

  it("reads standard input, compressed or not", async () => {
    const packed = await readFile(join(folder, "packed.json.gz"));
    for (const bytes of [packed, gunzipSync(packed)]) {
      const parts = Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)]);
      expect(await readSnapshotFile("-", parts)).toEqual(snapshot);
    }
  });

  it.each([0.1, 0.5, 0.9, 0.999])("refuses a file cut at %f of its length", async (part) => {
    for (const name of ["plain.json", "packed.json.gz"]) {
      const bytes = await readFile(join(folder, name));
      const path = join(folder, `cut-${name}`);
      await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * part)));
      await expect(readSnapshotFile(path)).rejects.toMatchObject({ code: "invalid_input", position: { file: path } });
    }
  });

  it("refuses a file from which a line was taken out", async () => {
    const lines = (await readFile(join(folder, "plain.json"), "utf8")).split("\n");
    const path = join(folder, "missing-line.json");
    await writeFile(path, lines.toSpliced(1, 1).join("\n"));
    await expect(readSnapshotFile(path)).rejects.toMatchObject({
      message: expect.stringContaining("a part is missing"),
    });
  });

  it("keeps the old file when the new one cannot be written", async () => {
    await expect(writeSnapshotFile(snapshot, join(folder, "no", "such", "folder.json"))).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(readSnapshotFile(join(folder, "nothing.json"))).rejects.toMatchObject({
      message: expect.stringContaining("There is no file"),
    });
  });
});
