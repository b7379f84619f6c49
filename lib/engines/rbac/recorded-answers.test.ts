import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { loadManifests } from "#lib/collector/index.ts";
import type { AccessRequest } from "#lib/model/access.ts";
import { parseServiceAccountUsername } from "#lib/model/subject-name.ts";
import { compileAccess } from "./compile-access.ts";
import { decideAccess } from "./decide-access.ts";
import { implicitGroups } from "./identity.ts";

const FIXTURES = process.env.KORDON_FIXTURES;
const WHY = FIXTURES === undefined ? " (skipped: KORDON_FIXTURES names no folder of recorded answers)" : "";

/** A line of `requests.jsonl`; absent parts are empty. */
interface RecordedRequest {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
}

describe.skipIf(FIXTURES === undefined)(`answers recorded from a real API server${WHY}`, () => {
  it.each(["seed-1", "seed-2"])("agrees with all 5,000 SubjectAccessReviews of %s", async (seed) => {
    const folder = join(FIXTURES ?? "", "rbac", seed);
    const now = new Date("2026-11-23T00:00:00Z");
    const snapshot = await loadManifests([{ path: join(folder, "effective.json") }], { clusterName: seed, now });
    const model = compileAccess(snapshot);
    const expected = (await readFile(join(folder, "answers.txt"), "utf8")).trim().split("\n");
    const differences: string[] = [];
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(join(folder, "requests.jsonl")) })) {
      const asked = JSON.parse(text) as RecordedRequest; // recorded by ourselves in this form
      const fixed = parseServiceAccountUsername(asked.user) ? implicitGroups(asked.user) : [];
      const { verdict } = decideAccess(model, { user: asked.user, groups: asked.groups ?? fixed }, toRequest(asked));
      if (verdict !== expected[line]) differences.push(`${line + 1}: ${verdict}, not ${expected[line]}: ${text}`);
      line += 1;
    }
    expect(differences).toEqual([]);
    expect(line).toBe(5_000);
    expect(expected).toHaveLength(5_000);
  });
});

function toRequest(asked: RecordedRequest): AccessRequest {
  const { verb, group = "", resource = "", subresource = "", namespace = "", name = "", path } = asked;
  return path === undefined ? { verb, apiGroup: group, resource, subresource, namespace, name } : { verb, path };
}
