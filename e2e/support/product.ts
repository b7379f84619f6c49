import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createProcessGroup } from "./process-group.ts";
import type { ProcessGroup } from "./process-group.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const READY_LINE = /^Kordon is ready at (http:\/\/127\.0\.0\.1:\d+)/m;
const READY_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 15_000;

/** The built product, running for a test. */
export interface Product {
  readonly url: string;
  /** The supervisor of web and worker. */
  readonly processId: number;
  /** Everything it has printed so far. */
  readLog(): Promise<string>;
  /** Ends it as Ctrl-C would and removes its data. Throws when it does not end by itself. */
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts the product (built before) on a free port with an empty data folder and waits until it says that it is ready.
 * @throws Error with the end of its output when it ends or stays silent.
 */
export async function startProduct({ args = [], env = {} }: ProductOptions = {}): Promise<Product> {
  const dir = await mkdtemp(join(tmpdir(), "kordon-e2e-"));
  const group = createProcessGroup(dir);
  try {
    const command = [join(ROOT, "lib/cli/main.ts"), "serve", "--port", "0", "--data", join(dir, "data"), "--no-open"];
    group.start("kordon", join(ROOT, "node_modules/.bin/node"), [...command, ...args], {
      cwd: ROOT,
      // Its home is empty too: nobody's kubeconfig may slip into a test.
      env: { HOME: dir, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    const url = await waitForReadyLine(group);
    return {
      url,
      processId: group.processId("kordon"),
      readLog: () => group.readLog("kordon"),
      stop: async () => {
        const ended = await group.end("kordon", END_TIMEOUT_MS);
        await group.stop();
        if (!ended) throw new Error(`kordon serve did not end within ${String(END_TIMEOUT_MS / 1000)} s of SIGTERM`);
      },
    };
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function waitForReadyLine(group: ProcessGroup): Promise<string> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const log = await group.readLog("kordon");
    const url = READY_LINE.exec(log)?.[1];
    if (url !== undefined) return url;
    if (group.findFailure() !== null) throw new Error(`kordon serve ended while starting:\n${log}`);
    if (Date.now() > deadline) throw new Error(`kordon serve did not say that it is ready:\n${log}`);
    await delay(100);
  }
}
