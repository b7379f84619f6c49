import type { InputPosition } from "../../model/app-error.ts";
import type { QuestionName } from "./questions.ts";

export interface QuestionMessage {
  readonly id: number;
  readonly scanId: string;
  readonly name: QuestionName;
  readonly args: readonly unknown[];
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
  | { readonly id: number; readonly type: "crash"; readonly stack: string };
