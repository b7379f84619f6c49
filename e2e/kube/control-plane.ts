import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findAssets } from "./assets.ts";
import type { Component } from "./assets.ts";
import { createCertificateAuthority } from "./certificates.ts";
import { apiServerArgs, etcdArgs, followerArgs, servingCertificatePath } from "./component-args.ts";
import type { ApiServerOptions, Layout } from "./component-args.ts";
import { createKubeClient } from "./kube-client.ts";
import type { KubeClient } from "./kube-client.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { createProcessGroup } from "#e2e/support/process-group.ts";
import type { ProcessGroup } from "#e2e/support/process-group.ts";

const READY_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 3;

/** The parts beside etcd and kube-apiserver, which are always there. */
export type OptionalComponent = Exclude<Component, "etcd" | "kube-apiserver">;

/** A user of the static token file, with groups beyond `system:authenticated`. */
export interface TestToken {
  readonly token: string;
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
}

export interface ControlPlaneOptions extends ApiServerOptions {
  /** `true`: must be there; `false`: leave it out; absent: start it when the folder has it. */
  readonly components?: Readonly<Partial<Record<OptionalComponent, boolean>>>;
  readonly tokens?: readonly TestToken[];
  /** Folder of the binaries; by default the one named by `KUBEBUILDER_ASSETS`. */
  readonly assetsDir?: string;
}

/** A running cluster. All of it ends with `stop()`, and also when this process dies. */
export interface ControlPlane extends Pick<KubeClient, "request" | "get"> {
  /** The server's `gitVersion`, for example `v1.37.2`. */
  readonly version: string;
  readonly server: string;
  readonly caPem: string;
  readonly adminToken: string;
  /** A kubeconfig of the administrator, gone after `stop()`. */
  readonly kubeconfigPath: string;
  readonly components: { readonly present: readonly Component[]; readonly missing: readonly Component[] };
  /** Folder for further files of a test, gone after `stop()`. */
  readonly dir: string;
  stop(): Promise<void>;
}

/**
 * Starts a control plane on free ports of 127.0.0.1 and waits until the API server is ready (about 4 s). Controllers start
 * at the same time and need some seconds more: see `wait.ts`.
 * @throws MissingBinariesError when a needed binary is not there; an Error with the end of the log when a program ends early.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Free ports are found before they are used, so another process can take one in between.
      const portTaken = error instanceof Error && error.message.includes("address already in use");
      if (!portTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(options: ControlPlaneOptions): Promise<ControlPlane> {
  const wanted = (component: OptionalComponent) => options.components?.[component];
  const optional = ["kube-controller-manager", "kube-scheduler", "kwok"] as const;
  const assets = findAssets(
    optional.filter((component) => wanted(component) === true),
    options.assetsDir,
  );
  const started = assets.present.filter(
    (component) => component === "etcd" || component === "kube-apiserver" || wanted(component) !== false,
  );
  const dir = await mkdtemp(join(tmpdir(), "kordon-kube-"));
  const group = createProcessGroup(dir);
  try {
    const layout = await prepare(dir, options.tokens ?? []);
    const start = (component: Component, args: readonly string[]) =>
      group.start(component, join(assets.dir, component), args);
    start("etcd", etcdArgs(layout));
    start("kube-apiserver", apiServerArgs(layout, options, started.includes("kube-controller-manager")));
    const connection = { server: `https://127.0.0.1:${String(layout.ports.api)}`, token: layout.adminToken };
    const caPem = await waitForServingCertificate(layout, group);
    const client = createKubeClient({ ...connection, caPem });
    await waitForReady(client, group);
    const kubeconfigPath = join(dir, "admin.kubeconfig");
    await writeKubeconfig(kubeconfigPath, { server: connection.server, caPem, user: { token: connection.token } });
    for (const component of started) {
      const args = followerArgs(component, layout, kubeconfigPath);
      if (args !== null) start(component, args);
    }
    return {
      version: await readVersion(client),
      server: connection.server,
      caPem,
      adminToken: connection.token,
      kubeconfigPath,
      components: { present: started, missing: assets.missing },
      dir,
      request: client.request,
      get: client.get,
      stop: async () => {
        await client.close();
        await group.stop();
      },
    };
  } catch (error) {
    await group.stop();
    throw error;
  }
}

/** Writes keys, the client CA and the token file, and chooses the ports. */
async function prepare(dir: string, tokens: readonly TestToken[]): Promise<Layout> {
  const adminToken = randomBytes(24).toString("hex");
  const admin: TestToken = { token: adminToken, user: "kordon-admin", uid: "admin", groups: ["system:masters"] };
  const authority = createCertificateAuthority("kordon-test-ca", new Date());
  const serviceAccounts = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const secret = { mode: 0o600 };
  await Promise.all([
    writeFile(join(dir, "tokens.csv"), [admin, ...tokens].map(tokenLine).join(""), secret),
    writeFile(join(dir, "sa.key"), serviceAccounts.privateKey.export({ type: "pkcs1", format: "pem" }), secret),
    writeFile(join(dir, "sa.pub"), serviceAccounts.publicKey.export({ type: "spki", format: "pem" }), secret),
    writeFile(join(dir, "client-ca.crt"), authority.pem, secret),
    writeFile(join(dir, "client-ca.key"), authority.keyPem, secret),
  ]);
  const [etcd, etcdPeer, api, controllers, scheduler, kwok] = await findFreePorts();
  return { dir, adminToken, ports: { etcd, etcdPeer, api, controllers, scheduler, kwok } };
}

/** One line of the token file: `token,user,uid,"group1,group2"`, quoted as CSV. */
function tokenLine({ token, user, uid, groups }: TestToken): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${[token, user, uid, groups.join(",")].map(quote).join(",")}\n`;
}

async function waitForServingCertificate({ dir }: Layout, group: ProcessGroup): Promise<string> {
  return poll("the API server's certificate", group, async () => {
    try {
      const text = await readFile(servingCertificatePath(dir), "utf8");
      return text.trimEnd().endsWith("-----END CERTIFICATE-----") ? text : null;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  });
}

async function waitForReady(client: KubeClient, group: ProcessGroup): Promise<void> {
  await poll("the API server", group, async () => {
    try {
      return (await client.request("GET", "/readyz")).status === 200 ? true : null;
    } catch (error) {
      // Nothing listens yet. Anything else, such as a certificate that does not fit, will not get better.
      if (error instanceof Error && "code" in error && error.code === "ECONNREFUSED") return null;
      throw error;
    }
  });
}

async function poll<T>(what: string, group: ProcessGroup, read: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const failure = group.findFailure();
    if (failure !== null) throw new Error(`${failure.name} ended while starting:\n${failure.log}`);
    const value = await read();
    if (value !== null) return value;
    await delay(100);
  }
  throw new Error(`${what} was not ready after ${String(READY_TIMEOUT_MS / 1000)} s`);
}

async function readVersion(client: KubeClient): Promise<string> {
  const { body } = await client.request("GET", "/version");
  if (typeof body === "object" && body !== null && "gitVersion" in body && typeof body.gitVersion === "string") {
    return body.gitVersion;
  }
  throw new Error("the API server did not tell its version");
}

/** Six ports, all held open until the last is known, so that they differ. */
async function findFreePorts(): Promise<readonly [number, number, number, number, number, number]> {
  const servers: Server[] = [];
  try {
    const listen = async () => {
      const { server, port } = await listenAnywhere();
      servers.push(server);
      return port;
    };
    return [await listen(), await listen(), await listen(), await listen(), await listen(), await listen()];
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function listenAnywhere(): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port was given"));
      else resolve({ server, port: address.port });
    });
  });
}
