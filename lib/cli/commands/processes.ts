import { usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";

/** A command that becomes one of the product's processes; its settings are environment variables. */
function processCommand(name: string, summary: string, start: () => Promise<unknown>): Command {
  return {
    name,
    summary,
    help: "\n\nSettings are environment variables: KORDON_DATA, KORDON_HOST, KORDON_PORT, KORDON_KUBECONFIG, KORDON_ALLOWED_NETWORKS,\nKORDON_SCAN_CONCURRENCY, KORDON_SCAN_MEMORY_MIB, KORDON_SCAN_TIMEOUT_S, KORDON_LOG.",
    async run(args) {
      if (args.some((arg) => arg !== "--dev")) throw usageError(`Unexpected argument ${JSON.stringify(args[0])}`, name);
      await start();
      return EXIT.good;
    },
  };
}

export const web = processCommand("web", "run only the web process", async () => {
  await import("../../web/main.ts");
  await new Promise(() => undefined); // ends by a signal
});
export const worker = processCommand("worker", "run only the worker process", () => import("../../worker/main.ts"));
