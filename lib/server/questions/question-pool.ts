import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Logger } from "../../config/logger.ts";
import { APP_ERROR_CODES, AppError } from "../../model/app-error.ts";
import type { AnswerMessage, PrepareMessage, QuestionMessage } from "./messages.ts";
import type { QuestionAnswer, QuestionArguments, QuestionName } from "./questions.ts";

const THREADS = 2;
const TIMEOUT_MS = 30_000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/**
 * Threads that answer questions, so that compiling a large snapshot never holds up another request. One snapshot is always asked
 * in one thread, which keeps it compiled.
 */
export class QuestionPool {
  readonly #storePath: string;
  readonly #log: Logger;
  readonly #threads: (Thread | undefined)[] = Array.from({ length: THREADS });
  #nextId = 1;

  constructor(storePath: string, log: Logger) {
    this.#storePath = storePath;
    this.#log = log;
  }

  /** @throws AppError of the question; `unavailable` when it takes too long or its thread ends. */
  async ask<N extends QuestionName>(
    scanId: string,
    name: N,
    ...args: QuestionArguments<N>
  ): Promise<QuestionAnswer<N>> {
    const thread = this.#threadFor(scanId);
    const id = this.#nextId++;
    const value = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        thread.pending.delete(id);
        reject(new AppError("unavailable", "The answer takes too long", { hint: "Try again in a moment." }));
      }, TIMEOUT_MS);
      thread.pending.set(id, { resolve, reject, timer });
      thread.worker.postMessage({ type: "question", id, scanId, name, args } satisfies QuestionMessage);
    });
    return value as QuestionAnswer<N>; // the thread runs the function of this name
  }

  /** Compiles a scan, and works out what its pages ask first, unless it is in memory already. Does not wait for it. */
  prepare(scanId: string): void {
    this.#threadFor(scanId).worker.postMessage({ type: "prepare", scanId } satisfies PrepareMessage);
  }

  #threadFor(scanId: string): Thread {
    let hash = 0;
    for (const character of scanId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
    const slot = hash % THREADS;
    const thread = this.#threads[slot] ?? this.#start(slot);
    this.#threads[slot] = thread;
    return thread;
  }

  #start(slot: number): Thread {
    // Named at run time: the thread runs from source under Node and is no part of the bundle.
    const root = process.env.KORDON_ROOT ?? process.cwd();
    const file = join(/* turbopackIgnore: true */ root, "lib", "server", "questions", "question-thread.ts");
    const worker = new Worker(file, { workerData: { storePath: this.#storePath } });
    worker.unref();
    const thread: Thread = { worker, pending: new Map() };
    worker.on("message", (message: AnswerMessage) => this.#settle(thread, message));
    worker.on("error", (error) => this.#log.error({ err: error }, "question thread failed"));
    worker.on("exit", () => {
      if (this.#threads[slot] === thread) this.#threads[slot] = undefined;
      for (const { reject, timer } of thread.pending.values()) {
        clearTimeout(timer);
        reject(new AppError("unavailable", "The answer was cut off", { hint: "Try again in a moment." }));
      }
    });
    return thread;
  }

  #settle(thread: Thread, message: AnswerMessage): void {
    if (message.type === "cold") {
      this.#log.error({ stack: message.stack }, "preparing answers failed");
      return;
    }
    const pending = thread.pending.get(message.id);
    if (!pending) return;
    thread.pending.delete(message.id);
    clearTimeout(pending.timer);
    if (message.type === "answer") pending.resolve(message.value);
    else if (message.type === "failure") {
      const code = APP_ERROR_CODES.find((candidate) => candidate === message.code) ?? "unavailable";
      const { hint, position } = message;
      pending.reject(
        new AppError(code, message.message, {
          ...(hint === undefined ? {} : { hint }),
          ...(position === undefined ? {} : { position }),
        }),
      );
    } else pending.reject(new Error(`question failed: ${message.stack}`));
  }
}
