import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectLive, connectKubeconfigContext } from "#lib/collector/index.ts";
import { compileAccess, decideWrite, parseWrittenObject } from "#lib/engines/rbac/index.ts";
import type { AccessModel, WriteDecision } from "#lib/engines/rbac/index.ts";
import { applyObjects } from "./apply.ts";
import { requireControlPlane } from "./assets.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { createImpersonationClient } from "./impersonation-client.ts";
import type { ImpersonationClient } from "./impersonation-client.ts";
import { asRecord, asText } from "./json.ts";
import type { JsonRecord } from "./json.ts";
import { generateWriteRequests, generateWriteWorld } from "./write-requests-generate.ts";
import type { WriteRequest } from "./write-requests-generate.ts";
import { listStoredRbac } from "./write-requests-stored.ts";

const AVAILABLE = requireControlPlane().available;
/** `KORDON_SEED` repeats a run that failed elsewhere, or tries another one. */
const SEED = Number(process.env["KORDON_SEED"] ?? "20261123");
const REQUESTS = Number(process.env["KORDON_REQUESTS"] ?? "800");
const API = "/apis/rbac.authorization.k8s.io/v1";
/** With `KORDON_RECORD=1` the answers are kept for the test that runs without a control plane. */
const RECORDED = fileURLToPath(new URL("../../lib/engines/rbac/recorded/writes.jsonl", import.meta.url));

interface Answer {
  readonly status: number;
  readonly message: string;
}

describe.skipIf(!AVAILABLE)("writes of roles and bindings against a real API server", () => {
  const world = generateWriteWorld(SEED);
  let kube: ControlPlane;
  let client: ImpersonationClient;
  let model: AccessModel;
  let stored: readonly JsonRecord[];
  let requests: readonly WriteRequest[];
  let answers: readonly Answer[];
  beforeAll(async () => {
    kube = await startControlPlane({
      components: { "kube-controller-manager": false, "kube-scheduler": false, kwok: false },
    });
    client = createImpersonationClient(kube);
    expect((await applyObjects(kube, world.objects)).skipped).toEqual([]);
    stored = await listStoredRbac(kube);
    const snapshot = await collectLive(await connectKubeconfigContext([kube.kubeconfigPath], undefined), {
      clusterName: "x",
    });
    model = compileAccess(snapshot);
    requests = generateWriteRequests(SEED, world, stored, REQUESTS);
    answers = await askAll(client, requests);
  });
  afterAll(async () => {
    client?.close();
    await kube?.stop();
  });

  it(`agrees with ${String(REQUESTS)} generated dry-run creates and updates, and with the kind of refusal`, () => {
    const differences = requests.flatMap((request, index) => {
      const answer = answers[index];
      const expected = answer && kindOf(answer);
      const decision = decide(model, request);
      const ours = decision.verdict === "denied" ? refusalKind(decision) : decision.verdict;
      return ours === expected
        ? []
        : [
            `seed ${String(SEED)}: ${JSON.stringify(request)}: the server ${JSON.stringify(answer)}, we ${JSON.stringify(decision)}`,
          ];
    });
    expect(differences).toEqual([]);
    const kinds = answers.map(kindOf);
    const share = (kind: string) => kinds.filter((other) => other === kind).length / kinds.length;
    expect(share("allowed")).toBeGreaterThan(0.2); // every answer occurs often, or the comparison would say little
    expect(share("forbidden")).toBeGreaterThan(0.2);
    expect(kinds.filter((kind) => kind === "not found").length).toBeGreaterThan(0);
    const reasons = new Set(requests.map((request) => decide(model, request)).flatMap((decision) => decision.reason));
    for (const reason of [
      "escalate",
      "bind",
      "rights-held",
      "ownership-only",
      "superuser",
      "aggregation",
      "role-reference",
    ])
      expect([...reasons]).toContain(reason);
  });

  it.runIf(process.env["KORDON_RECORD"] === "1")("records the answers", async () => {
    const lines = [
      { server: kube.version, seed: SEED },
      ...stored.map((object) => ({ stored: object })),
      ...requests.map((request, index) => ({ ...request, status: answers[index]?.status })),
    ];
    await mkdir(fileURLToPath(new URL(".", `file://${RECORDED}`)), { recursive: true });
    await writeFile(RECORDED, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
});

async function askAll(client: ImpersonationClient, requests: readonly WriteRequest[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const queue = requests.entries();
  const runner = async () => {
    for (const [index, { who, operation, object }] of queue) {
      const { status, body } = await client.send(operation === "create" ? "POST" : "PUT", pathOf(operation, object), {
        as: { user: who.user, groups: who.groups },
        body: object,
      });
      answers[index] = { status, message: asText(asRecord(body)["message"]) };
    }
  };
  await Promise.all(Array.from({ length: 4 }, runner));
  return answers;
}

function pathOf(operation: string, object: JsonRecord): string {
  const { namespace, name } = asRecord(object["metadata"]);
  const place = asText(namespace) === "" ? "" : `/namespaces/${asText(namespace)}`;
  const item = operation === "create" ? "" : `/${encodeURIComponent(asText(name))}`;
  return `${API}${place}/${asText(object["kind"]).toLowerCase()}s${item}?dryRun=All`;
}

function decide(model: AccessModel, { who, operation, object }: WriteRequest): WriteDecision {
  const parsed = parseWrittenObject(object);
  if (!("object" in parsed)) throw new Error(`cannot read ${JSON.stringify(object)}`);
  return decideWrite(model, who, operation, parsed.object);
}

function kindOf({ status, message }: Answer): string {
  if (status < 300) return "allowed";
  const kinds = new Map([
    [403, "forbidden"],
    [404, "not found"],
    [409, "conflict"],
    [422, "invalid"],
  ]);
  return kinds.get(status) ?? `${String(status)} ${message}`;
}

function refusalKind(decision: Extract<WriteDecision, { readonly verdict: "denied" }>): string {
  switch (decision.reason) {
    case "not-authorized":
    case "rights-not-held":
    case "aggregation":
      return "forbidden";
    case "role-missing":
      return "not found";
    case "exists":
    case "conflict":
      return "conflict";
    case "invalid":
    case "role-reference":
      return "invalid";
  }
}
