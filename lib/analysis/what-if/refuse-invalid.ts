import { parseWrittenObject, validateWrittenObject } from "../../engines/rbac/index.ts";
import { AppError, type InputPosition } from "../../model/app-error.ts";

/** An object as it was written, with its kind and version. */
export interface UncheckedObject {
  readonly kind: string;
  readonly raw: unknown;
  /** Where one of its fields stands. */
  positionOf(field: string): InputPosition;
}

/**
 * Validates a role or binding as the API server would; service accounts have nothing to validate that access depends on.
 * @throws AppError `invalid_input` with the first field that the API server would not store.
 */
export function refuseInvalid({ kind, raw, positionOf }: UncheckedObject): void {
  if (kind === "ServiceAccount") return;
  const parsed = parseWrittenObject(raw);
  const [problem] =
    "object" in parsed ? validateWrittenObject(parsed.object) : [{ field: parsed.field, problem: WRONG_TYPE }];
  if (!problem) return;
  throw new AppError("invalid_input", `The API server would not take this ${kind}: ${problem.problem}`, {
    position: positionOf(problem.field),
  });
}

const WRONG_TYPE = "the value has another type than it reads";
