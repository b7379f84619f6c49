import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { analyzeAccess, type AccessAnalysis } from "../../analysis/analyze-access.ts";
import { warmUp } from "../../analysis/warm-up.ts";
import { AppError } from "../../model/app-error.ts";
import { decodeSnapshot } from "../../snapshot/index.ts";
import { openStore } from "../../store/index.ts";
import type { AnswerMessage, PrepareMessage, QuestionMessage } from "./messages.ts";
import { QUESTIONS } from "./questions.ts";

/** Entry of a thread that answers questions from compiled snapshots; the most recently used ones stay in memory. */
const KEPT_SNAPSHOTS = 3;

const port = parentPort;
if (!port) throw new Error("question-thread runs as a worker thread");
const { storePath } = z.object({ storePath: z.string() }).parse(workerData);
const store = await openStore({ path: storePath });
const analyses = new Map<string, Promise<AccessAnalysis>>();

port.on("message", (message: QuestionMessage | PrepareMessage) => {
  if (message.type === "question") void answer(message);
  else void analysisOf(message.scanId);
});

async function answer({ id, scanId, name, args }: QuestionMessage): Promise<void> {
  const reply = (message: AnswerMessage) => port?.postMessage(message);
  try {
    const ask = QUESTIONS[name] as (analysis: AccessAnalysis, ...rest: readonly unknown[]) => unknown;
    reply({ id, type: "answer", value: ask(await analysisOf(scanId), ...args) });
  } catch (error) {
    if (error instanceof AppError)
      reply({
        id,
        type: "failure",
        code: error.code,
        message: error.message,
        hint: error.hint,
        position: error.position,
      });
    else reply({ id, type: "crash", stack: stackOf(error) });
  }
}

function analysisOf(scanId: string): Promise<AccessAnalysis> {
  const known = analyses.get(scanId);
  analyses.delete(scanId);
  const analysis = known ?? compile(scanId);
  analyses.set(scanId, analysis);
  if (!known) void warm(scanId, analysis);
  for (const oldest of analyses.keys()) {
    if (analyses.size <= KEPT_SNAPSHOTS) break;
    analyses.delete(oldest);
  }
  return analysis;
}

async function compile(scanId: string): Promise<AccessAnalysis> {
  return analyzeAccess(decodeSnapshot(await store.readScanContent(scanId)));
}

/** Makes what pages will ask for, while nobody asks, for as long as the analysis is kept. */
async function warm(scanId: string, analysis: Promise<AccessAnalysis>): Promise<void> {
  const compiled = await analysis.catch(() => null);
  // Whoever asks is told why it cannot be read; the next one tries anew.
  if (compiled === null) {
    if (analyses.get(scanId) === analysis) analyses.delete(scanId);
    return;
  }
  try {
    for (const parts = warmUp(compiled); parts.next().done !== true;) {
      await setImmediate();
      if (analyses.get(scanId) !== analysis) return;
    }
  } catch (error) {
    port?.postMessage({ type: "cold", stack: stackOf(error) } satisfies AnswerMessage);
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : typeof error;
}
