import type { InputPosition } from "../../model/app-error.ts";
import type { QuestionName } from "./questions.ts";

export interface QuestionMessage {
  readonly type: "question";
  readonly id: number;
  readonly scanId: string;
  readonly name: QuestionName;
  readonly args: readonly unknown[];
}

/** Asks for a scan to be compiled before somebody has a question about it. Not answered: a scan that cannot be read fails when it is asked. */
export interface PrepareMessage {
  readonly type: "prepare";
  readonly scanId: string;
}

export type AnswerMessage =
  | { readonly id: number; readonly type: "answer"; readonly value: unknown }
  | {
      readonly id: number;
      readonly type: "failure";
      readonly code: string;
      readonly message: string;
      readonly hint: string | undefined;
      readonly position: InputPosition | undefined;
    }
  | { readonly id: number; readonly type: "crash"; readonly stack: string }
  /** What pages ask first could not be worked out ahead; it will be tried again by whoever asks. */
  | { readonly type: "cold"; readonly stack: string };
