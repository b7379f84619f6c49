import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeAccess } from "#lib/analysis/analyze-access.ts";
import { leastPrivilege } from "#lib/analysis/questions/least-privilege.ts";
import { createAuditLogReader, createUsageFold } from "#lib/audit-log/index.ts";
import type { UserUsage } from "#lib/audit-log/index.ts";
import { collectLive, connectKubeconfigContext } from "#lib/collector/index.ts";
import { leastPrivilegeBodySchema } from "#lib/contracts/least-privilege.ts";
import { requireControlPlane } from "./assets.ts";
import { actOut, ACTORS, TOKENS, WIDE_BINDINGS, WORLD } from "./audit-log-script.ts";
import type { Answer } from "./audit-log-script.ts";
import { startControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { createImpersonationClient } from "./impersonation-client.ts";
import type { ImpersonationClient } from "./impersonation-client.ts";
import { asRecord, asText } from "./json.ts";

const AVAILABLE = requireControlPlane().available;
const RECORDED = new URL("../../lib/audit-log/recorded/", import.meta.url);
const POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";
const FORBIDDEN = 403;

// 1.34 asks neither for a constrained impersonation nor for create on exec by get.
describe.skipIf(!AVAILABLE).each([
  { minor: 37, options: {} },
  { minor: 34, options: { emulatedVersion: "1.34" } },
])("roles from the audit log of a real API server of version 1.$minor", ({ minor, options }) => {
  let folder: string;
  let kube: ControlPlane;
  let client: ImpersonationClient;
  let first: readonly Answer[];
  let log: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kordon-audit-"));
    await writeFile(join(folder, "policy.yaml"), POLICY);
    kube = await startControlPlane({
      ...options,
      components: { "kube-controller-manager": false, "kube-scheduler": false, kwok: false },
      tokens: TOKENS,
      extraApiServerArgs: [
        `--audit-policy-file=${join(folder, "policy.yaml")}`,
        `--audit-log-path=${join(folder, "audit.log")}`,
        "--audit-log-mode=blocking",
      ],
    });
    client = createImpersonationClient(kube);
    for (const [path, object] of [...WORLD, ...WIDE_BINDINGS]) await send("POST", path, object);
    first = await actOut(kube, client);
    await anonymous("/readyz");
    await anonymous("/api/v1/pods");
    await delay(300); // the last event is written when its answer has left
    log = await readFile(join(folder, "audit.log"), "utf8");
  });
  afterAll(async () => {
    client?.close();
    await kube?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function send(method: "POST" | "DELETE", path: string, object?: object): Promise<void> {
    const { status, body } = await kube.request(method, path, object);
    if (status >= 300) throw new Error(`${method} ${path}: ${String(status)} ${JSON.stringify(body)}`);
  }

  function anonymous(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(`${kube.server}${path}`, { ca: kube.caPem }, (answer) => {
        answer.resume();
        answer.on("end", resolve);
      });
      sent.on("error", reject);
      sent.end();
    });
  }

  function usersOf(text: string): readonly UserUsage[] {
    const fold = createUsageFold();
    const reader = createAuditLogReader((event) => fold.add(event));
    reader.write(text);
    expect(reader.end().broken.count).toBe(0);
    return fold.result().users;
  }

  it("reads every line, and every request that was made", () => {
    const users = usersOf(log);
    for (const actor of ACTORS) expect(users.map(({ user }) => user)).toContain(actor);
    expect(users.map(({ user }) => user)).toContain("system:anonymous");
    expect(first.filter(({ status }) => status === FORBIDDEN).map(({ what }) => what)).toEqual([
      "bob GET /api/v1/secrets",
      "bob GET /metrics",
    ]);
    expect(first.filter(({ status }) => status < FORBIDDEN).length).toBeGreaterThan(25);
  });

  it("grants exactly that: with the new roles alone every request is answered as before", async () => {
    const connection = await connectKubeconfigContext([kube.kubeconfigPath], undefined);
    const analysis = analyzeAccess(await collectLive(connection, { clusterName: "x" }));
    const users = usersOf(log);
    const objects: object[] = [];
    for (const actor of ACTORS) {
      const usage = users.find(({ user }) => user === actor);
      const body = leastPrivilegeBodySchema.parse({
        groups: [...(usage?.groups ?? [])],
        requests: [...(usage?.requests ?? [])],
        log: { firstAt: null, lastAt: null, requests: 1, brokenLines: 0, dropped: 0 },
      });
      const answer = leastPrivilege(analysis, `User:${actor}`, body);
      objects.push(...parseAllDocuments(answer.yaml).map((document) => document.toJS() as object));
    }
    for (const [path, object] of WIDE_BINDINGS) await send("DELETE", `${path}/${nameOf(object)}`);
    for (const object of objects.filter(Boolean)) await send("POST", pathOf(object), object);
    await delay(1500); // the authorizer reads roles and bindings from its own watch
    const second = await actOut(kube, client);
    const changed = second.flatMap((answer, index) =>
      (answer.status === FORBIDDEN) === (first[index]?.status === FORBIDDEN) ? [] : [{ was: first[index], is: answer }],
    );
    expect(changed).toEqual([]);
    // What was not done is not granted, however near it lies.
    const others = await Promise.all(
      [
        "/api/v1/namespaces/pay/pods/p",
        "/api/v1/namespaces/shop/configmaps/other",
        "/api/v1/namespaces/shop/secrets",
        "/apis/apps/v1/deployments",
        "/logs",
      ].map(async (path) => (await kube.request("GET", path, undefined, "token-of-alice")).status),
    );
    expect(others).toEqual(others.map(() => FORBIDDEN));
  });

  it.runIf(process.env["KORDON_RECORD"] === "1")("is recorded", async () => {
    await mkdir(RECORDED, { recursive: true });
    const kept = log.split("\n").flatMap((line) => {
      if (line === "") return [];
      const event = asRecord(JSON.parse(line));
      const user = asText(asRecord(event["user"])["username"] ?? "");
      // The server's own start and the administrator say nothing about this.
      if (user === "system:apiserver" || user === "kordon-admin") return [];
      const annotations = Object.entries(asRecord(event["annotations"] ?? {})).filter(([name]) =>
        name.startsWith("authorization.k8s.io/"),
      );
      return [
        JSON.stringify({
          ...event,
          ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : { annotations: undefined }),
        }),
      ];
    });
    await writeFile(new URL(`requests-1.${String(minor)}.jsonl`, RECORDED), `${kept.join("\n")}\n`);
  });
});

function nameOf(object: object): string {
  return asText(asRecord(asRecord(object)["metadata"])["name"]);
}

function pathOf(object: object): string {
  const { kind, metadata } = asRecord(object);
  const { namespace } = asRecord(metadata);
  const place = namespace === undefined ? "" : `/namespaces/${asText(namespace)}`;
  return `/apis/rbac.authorization.k8s.io/v1${place}/${asText(kind).toLowerCase()}s`;
}
