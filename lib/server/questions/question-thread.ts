import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { analyzeAccess, type AccessAnalysis } from "../../analysis/analyze-access.ts";
import { AppError } from "../../model/app-error.ts";
import { decodeSnapshot } from "../../snapshot/index.ts";
import { openStore } from "../../store/index.ts";
import type { AnswerMessage, QuestionMessage } from "./messages.ts";
import { QUESTIONS } from "./questions.ts";

/** Entry of a thread that answers questions from compiled snapshots; the most recently used ones stay in memory. */
const KEPT_SNAPSHOTS = 3;

const port = parentPort;
if (!port) throw new Error("question-thread runs as a worker thread");
const { storePath } = z.object({ storePath: z.string() }).parse(workerData);
const store = await openStore({ path: storePath });
const analyses = new Map<string, Promise<AccessAnalysis>>();

port.on("message", (message: QuestionMessage) => void answer(message));

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
    else reply({ id, type: "crash", stack: error instanceof Error ? (error.stack ?? error.message) : typeof error });
  }
}

function analysisOf(scanId: string): Promise<AccessAnalysis> {
  let analysis = analyses.get(scanId);
  analyses.delete(scanId);
  analysis ??= store.readScanContent(scanId).then((content) => analyzeAccess(decodeSnapshot(content)));
  analyses.set(scanId, analysis);
  analysis.catch(() => analyses.delete(scanId));
  for (const oldest of analyses.keys()) {
    if (analyses.size <= KEPT_SNAPSHOTS) break;
    analyses.delete(oldest);
  }
  return analysis;
}
