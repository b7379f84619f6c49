import type { Pod } from "#lib/model/pod.ts";
import { AppError } from "#lib/model/app-error.ts";
import { createInterner } from "./interner.ts";
import { projectPod } from "./pod.ts";
import { InvalidObject, isRecord } from "./values.ts";

/**
 * One Pod given as JSON, as the batch of `kordon pod-security` does, in the form of the model. A Pod without a name
 * is called `pod`, since a verdict on it needs none.
 * @throws AppError `invalid_input` that names the field which is wrong.
 */
export function projectPodJson(value: unknown): Pod {
  try {
    if (!isRecord(value)) throw new InvalidObject("pod");
    const metadata = isRecord(value.metadata) ? value.metadata : {};
    const named = { ...value, metadata: { ...metadata, name: metadata.name ?? "pod" } };
    return projectPod(named, { interner: createInterner() });
  } catch (error) {
    if (!(error instanceof InvalidObject)) throw error;
    throw new AppError("invalid_input", `The pod is not valid at ${error.field}.`, {
      position: { field: error.field },
      cause: error,
    });
  }
}
