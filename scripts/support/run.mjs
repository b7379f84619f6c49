// Plain JavaScript for Node 20: this runs before the dependencies are there.
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** The Node of the checkout, a dependency like any other. */
export const NODE = join(ROOT, "node_modules/.bin/node");

/** A failure that one line explains; anything else is a bug and keeps its stack. */
export class SetupError extends Error {}

const running = new Set();

/**
 * Runs a program to its end. Signals to this process reach it once, and this process waits for it.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, quiet?: boolean, systemPath?: boolean }} [options] `quiet` keeps the output and
 *   answers it; `systemPath` hides our own node_modules/.bin, for programs that replace it.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(file, args, { env = {}, cwd = ROOT, quiet = false, systemPath = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      env: {
        ...process.env,
        PATH: systemPath ? pathWithout("node_modules") : [dirname(NODE), process.env.PATH].join(delimiter),
        NEXT_TELEMETRY_DISABLED: "1",
        ...env,
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (text) => (output += text));
    }
    running.add(child);
    child.once("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? (signal === "SIGINT" ? 130 : 143), output });
    });
  });
}

/** Without a program to pass a signal to, this process just ends; with one, the program decides when it is over. */
export function passSignals() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      interrupted = true;
      if (running.size === 0) process.exit(130);
      // Ctrl-C in a terminal has reached the child already. It must take a second signal calmly in any case.
      for (const child of running) child.kill("SIGTERM");
    });
  }
}

let interrupted = false;
export const wasInterrupted = () => interrupted;

function pathWithout(folder) {
  const parts = (process.env.PATH ?? "").split(delimiter);
  return parts.filter((part) => !part.split("/").includes(folder)).join(delimiter);
}
