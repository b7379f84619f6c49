import { parseWrittenObject, validateWrittenObject } from "../../engines/rbac/index.ts";
import { AppError, type InputPosition } from "../../model/app-error.ts";

/** Roles and bindings as the API server would validate them; service accounts have nothing that access depends on. */
export interface CheckedObject {
  readonly ref: { readonly kind: string };
  /** As it was written, with its kind and version. */
  readonly raw: unknown;
  readonly position: InputPosition;
}

/** @throws AppError `invalid_input` with the field of the first role or binding that the API server would not store. */
export function refuseInvalid(objects: readonly CheckedObject[]): void {
  for (const { ref, raw, position } of objects) {
    if (ref.kind === "ServiceAccount") continue;
    const parsed = parseWrittenObject(raw);
    const [problem] =
      "object" in parsed ? validateWrittenObject(parsed.object) : [{ field: parsed.field, problem: WRONG_TYPE }];
    if (!problem) continue;
    throw new AppError("invalid_input", `The API server would not take this ${ref.kind}: ${problem.problem}`, {
      position: { ...position, field: `${position.field ?? ""}: ${problem.field}` },
    });
  }
}

const WRONG_TYPE = "the value has another type than it reads";
