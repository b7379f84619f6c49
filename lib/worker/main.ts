import { readConfig } from "../config/config.ts";
import { makeLogger } from "../config/logger.ts";
import { openStore } from "../store/index.ts";
import { runWorker } from "./worker.ts";

/** Entry of the worker process: `kordon worker`, or a child of `kordon serve`. */
const config = readConfig();
const log = makeLogger(config, "worker");
const store = await openStore({ path: config.storePath });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
// A child of `kordon serve` must not outlive it.
process.on("disconnect", () => stop.abort());
await runWorker(store, config, log, stop.signal);
await store.close();
if (process.connected) process.disconnect();
