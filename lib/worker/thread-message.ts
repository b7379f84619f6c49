import type { ProgressView } from "../contracts/jobs.ts";
import type { StoredError } from "../store/index.ts";

/** What a job's thread tells the worker. `crashed` is a bug; its text goes to the log only. */
export type ThreadMessage =
  | { readonly type: "progress"; readonly progress: ProgressView }
  | { readonly type: "done"; readonly result: string | null }
  | { readonly type: "failed"; readonly error: StoredError }
  | { readonly type: "crashed"; readonly name: string; readonly stack: string };
