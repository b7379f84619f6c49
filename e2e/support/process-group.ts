import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Outlives this process by a moment: reads the process groups to end from its standard input, and when that closes without
 * a farewell (the parent was killed, however hard), ends them and removes the folder. Everything here is throw-away data,
 * so nobody gets the chance to shut down slowly.
 */
const GUARD_SCRIPT = `
groups=
while read -r word value; do
  case $word in
    group) groups="$groups $value" ;;
    farewell) exit 0 ;;
  esac
done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" 2>/dev/null && exit 0; sleep 0.2; done
`;

/** Children that all end with this process, however it ends, together with the folder they work in. */
export interface ProcessGroup {
  /** Starts a program in a process group of its own; its output goes to `<name>.log` in the folder. */
  start(name: string, file: string, args: readonly string[], options?: StartOptions): void;
  /** What a child has written so far. */
  readLog(name: string): Promise<string>;
  /** The process id of a child. @throws Error when it was never started. */
  processId(name: string): number;
  /** Asks a child to end and waits; false when it still runs after `timeoutMs`. */
  end(name: string, timeoutMs: number): Promise<boolean>;
  /** The first child that has ended by itself, with the end of its log; null while all of them run. */
  findFailure(): ProcessFailure | null;
  /** Ends every child, waits for that, and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Working folder; the group's own unless told. */
  readonly cwd?: string;
  /** Beyond what every program gets (PATH, HOME, TMPDIR). */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ProcessFailure {
  readonly name: string;
  readonly log: string;
}

interface RunningChild {
  readonly name: string;
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  readonly state: { ended: boolean };
}

/** @param dir A folder made for this group alone; it is deleted in the end. */
export function createProcessGroup(dir: string): ProcessGroup {
  const guard = spawn("/bin/sh", ["-c", GUARD_SCRIPT, "guard", dir], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  const guardInput = guard.stdin;
  // A guard that went away early must not bring the tests down; `stop` still ends the children itself.
  guardInput.on("error", () => undefined);
  const children: RunningChild[] = [];
  let stopping: Promise<void> | undefined;

  function start(name: string, file: string, args: readonly string[], options: StartOptions = {}): void {
    const log = openSync(join(dir, `${name}.log`), "a", 0o600);
    const child = spawn(file, args, {
      cwd: options.cwd ?? dir,
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...childEnv(), ...options.env },
    });
    closeSync(log);
    child.unref();
    if (child.pid !== undefined) guardInput.write(`group ${String(child.pid)}\n`);
    const state = { ended: false };
    const ended = new Promise<void>((resolve) => {
      const markEnded = () => {
        state.ended = true;
        resolve();
      };
      child.once("exit", markEnded);
      child.once("error", markEnded); // could not be started: reported like an early end
    });
    children.push({ name, child, ended, state });
  }

  function findFailure(): ProcessFailure | null {
    const failed = children.find(({ state }) => state.ended);
    return failed === undefined ? null : { name: failed.name, log: readLogEnd(join(dir, `${failed.name}.log`)) };
  }

  async function end(name: string, timeoutMs: number): Promise<boolean> {
    const found = children.find((child) => child.name === name);
    if (found === undefined || found.state.ended) return true;
    found.child.ref();
    found.child.kill("SIGTERM");
    const timedOut = delay(timeoutMs, false);
    return Promise.race([found.ended.then(() => true), timedOut]);
  }

  async function stopAll(): Promise<void> {
    for (const { child, state } of children) {
      child.ref(); // a test that ends must wait for its children, a test that fails must not
      if (!state.ended) killGroup(child);
    }
    await Promise.all(children.map(({ ended }) => ended));
    await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    guardInput.end("farewell\n");
  }

  function processId(name: string): number {
    const pid = children.find((child) => child.name === name)?.child.pid;
    if (pid === undefined) throw new Error(`${name} was not started`);
    return pid;
  }

  const readLog = (name: string) => readFile(join(dir, `${name}.log`), "utf8");
  return { start, readLog, processId, end, findFailure, stop: () => (stopping ??= stopAll()) };
}

/** Programs under test get nothing of our environment by chance: no kubeconfig, no proxy, no settings. */
function childEnv(): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "production",
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    TMPDIR: process.env["TMPDIR"],
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function readLogEnd(path: string): string {
  return readFileSync(path, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
