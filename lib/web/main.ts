import { fileURLToPath } from "node:url";
import { readConfig } from "../config/config.ts";
import { makeLogger } from "../config/logger.ts";
import { startWeb, type WebServer } from "./web.ts";

/** Entry of the web process: `kordon web`, or a child of `kordon serve`, which learns the address by message. */
process.env.KORDON_ROOT = fileURLToPath(new URL("../../", import.meta.url));
const config = readConfig();
const log = makeLogger(config, "web");
let web: WebServer | null = null;
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await web?.close();
  // Next keeps timers of its own; everything that must be saved is in the store already.
  process.exit(0);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
// A child of `kordon serve` must not outlive it.
process.on("disconnect", () => void stop());

try {
  web = await startWeb(config, process.argv.includes("--dev"));
  process.send?.({ type: "ready", url: web.url });
  log.info({ url: web.url }, "web ready");
} catch (error) {
  if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
  process.send?.({ type: "port-taken", port: config.port });
  log.info({ port: config.port }, "port is taken");
  process.exit(1);
}
