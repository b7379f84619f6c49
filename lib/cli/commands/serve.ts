import { fork, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readConfig, type Config } from "../../config/config.ts";
import { AppError } from "../../model/app-error.ts";
import { openStore, type StoredSource } from "../../store/index.ts";
import { expandManifests, parseCommand, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { isManifestPath, manifestsNamespace } from "../source.ts";
import type { Terminal } from "../terminal.ts";

const PORT_TRIES = 10;
const STOP_TIMEOUT_MS = 10_000;
const RESTART_DELAY_MS = 2_000;
const WEB = fileURLToPath(new URL("../../web/main.ts", import.meta.url));
const WORKER = fileURLToPath(new URL("../../worker/main.ts", import.meta.url));

export const serve: Command = {
  name: "serve",
  summary: "run the dashboard on this machine: web and worker with an embedded store",
  help: `[--port PORT] [--data DIR] [--kubeconfig FILE] [--no-demo] [--dev]
  [--context NAME]... [--manifests PATH... [--manifests-namespace NAMESPACE]] [--snapshot FILE]...

Listens on loopback only. Contexts, manifests and snapshots that are named here are added as clusters once. Without --no-demo an empty store
gets the demo fleet. Everything is kept under --data (default: ~/.local/share/kordon).`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      {
        port: { type: "string" },
        data: { type: "string" },
        kubeconfig: { type: "string" },
        context: { type: "string", multiple: true },
        manifests: { type: "string", multiple: true },
        "manifests-namespace": { type: "string" },
        snapshot: { type: "string", multiple: true },
        "no-demo": { type: "boolean" },
        "no-open": { type: "boolean" },
        dev: { type: "boolean" },
      },
      "serve",
    );
    if (positionals.length > 0) throw usageError(`Unexpected argument ${JSON.stringify(positionals[0])}`, "serve");
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: values.dev ? "development" : "production",
      KORDON_DEMO: values["no-demo"] ? "0" : (process.env.KORDON_DEMO ?? "1"),
      KORDON_LOG: process.env.KORDON_LOG ?? "warn",
      ...(values.port === undefined ? {} : { KORDON_PORT: values.port }),
      ...(values.data === undefined ? {} : { KORDON_DATA: resolve(values.data) }),
      ...(values.kubeconfig === undefined ? {} : { KORDON_KUBECONFIG: resolve(values.kubeconfig) }),
    };
    const config = readConfig(environment);
    await addNamedClusters(config, {
      contexts: values.context ?? [],
      manifests: (values.manifests ?? []).map((path) => resolve(path)),
      namespace: manifestsNamespace(values),
      snapshots: (values.snapshot ?? []).map((path) => resolve(path)),
    });
    const fixedPort = values.port !== undefined || process.env.KORDON_PORT !== undefined;
    return supervise(config, environment, { dev: values.dev === true, fixedPort }, terminal);
  },
};

/** Adds what the command line names and the store does not have yet, and asks for scans of it. */
async function addNamedClusters(
  config: Config,
  named: {
    readonly contexts: readonly string[];
    readonly manifests: readonly string[];
    readonly namespace: string | undefined;
    readonly snapshots: readonly string[];
  },
): Promise<void> {
  const wanted: { readonly name: string; readonly source: StoredSource }[] = [
    ...named.contexts.map((context) => ({
      name: context,
      source: { type: "kubeconfig-context", context, server: "" } as const,
    })),
    ...(named.manifests.length > 0
      ? [
          {
            name: named.manifests.map((path) => path.split("/").at(-1) ?? path).join(", "),
            source: {
              type: "manifests",
              paths: named.manifests,
              ...(named.namespace === undefined ? {} : { namespace: named.namespace }),
            } as const,
          },
        ]
      : []),
    ...named.snapshots.map((path) => ({
      name: path.split("/").at(-1) ?? path,
      source: { type: "snapshot", path } as const,
    })),
  ];
  const store = await openStore({ path: config.storePath });
  try {
    const known = new Set((await store.listClusters()).map(({ source }) => JSON.stringify(source)));
    for (const { name, source } of wanted) {
      if (known.has(JSON.stringify(source))) continue;
      const cluster = await store.createCluster({ name, source, createdAt: Date.now() });
      await store.enqueueJob({ kind: "scan", clusterId: cluster.id, requestedAt: Date.now() });
    }
  } finally {
    await store.close();
  }
}

const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), url: z.string() }),
  z.object({ type: z.literal("port-taken"), port: z.number() }),
]);

/** Runs web and worker until a signal comes; a worker that dies is started again, a web process that dies ends everything. */
async function supervise(
  config: Config,
  environment: NodeJS.ProcessEnv,
  { dev, fixedPort }: { dev: boolean; fixedPort: boolean },
  terminal: Terminal,
): Promise<number> {
  const children = new Set<ChildProcess>();
  let stopping = false;
  const start = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess => {
    const child = fork(file, [...args], {
      env,
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    children.add(child);
    child.once("exit", () => children.delete(child));
    return child;
  };
  const startWorker = (): void => {
    start(WORKER, [], environment).once("exit", (code) => {
      if (stopping) return;
      terminal.error(`The worker ended (${code ?? "killed"}); starting it again.`);
      setTimeout(() => {
        if (!stopping) startWorker();
      }, RESTART_DELAY_MS);
    });
  };
  const ended = Promise.withResolvers<number>();
  const stop = () => {
    if (stopping) return;
    stopping = true;
    for (const child of children) child.kill("SIGTERM");
    const force = setTimeout(() => {
      for (const child of children) child.kill("SIGKILL");
    }, STOP_TIMEOUT_MS);
    void Promise.all([...children].map((child) => new Promise((done) => child.once("exit", done)))).then(() => {
      clearTimeout(force);
      ended.resolve(EXIT.good);
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  startWorker();
  const { web, url } = await startWebOnFreePort(
    config,
    fixedPort,
    (port) => start(WEB, dev ? ["--dev"] : [], { ...environment, KORDON_PORT: String(port) }),
    terminal,
  ).catch((error: unknown) => {
    stop();
    throw error;
  });
  web.once("exit", (code) => {
    if (stopping) return;
    terminal.error(`The web process ended (${code ?? "killed"}).`);
    stop();
    void ended.promise.then(() => process.exit(1));
  });
  if (!stopping) await terminal.write(`Kordon is ready at ${url}\n`);
  return ended.promise;
}

/** Starts the web process; when the default port is taken, the next ones are tried and it is said. */
async function startWebOnFreePort(
  config: Config,
  fixedPort: boolean,
  start: (port: number) => ChildProcess,
  terminal: Terminal,
): Promise<{ web: ChildProcess; url: string }> {
  for (let attempt = 0; attempt < (fixedPort ? 1 : PORT_TRIES); attempt += 1) {
    const port = config.port + attempt;
    const web = start(port);
    const message = await new Promise<z.infer<typeof messageSchema> | null>((done) => {
      web.once("message", (value) => done(messageSchema.parse(value)));
      web.once("exit", () => done(null));
    });
    if (message?.type === "ready") return { web, url: message.url };
    if (message === null)
      throw new AppError("unavailable", "The web process ended while starting", {
        hint: "Run with KORDON_LOG=info to see why; `npm run build` makes a missing build.",
      });
    if (!fixedPort) terminal.error(`Port ${port} is taken; trying ${port + 1}.`);
  }
  throw new AppError(
    "unavailable",
    fixedPort ? `Port ${config.port} is taken` : `No free port from ${config.port} on`,
    { hint: "Choose another one with --port." },
  );
}
