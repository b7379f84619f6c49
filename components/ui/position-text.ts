import { ApiError } from "#lib/client/api-error.ts";

/** What was wrong with a text that was sent, and where: "line 12, column 3, users[0].user.exec: programs are not run …". */
export function positionText(error: Error, otherwise: string): string {
  if (!(error instanceof ApiError)) return otherwise;
  const { position } = error;
  const place = [
    position?.line !== undefined && `line ${position.line}`,
    position?.column !== undefined && `column ${position.column}`,
    position?.field,
  ].filter((part) => typeof part === "string");
  const text = [error.message, error.hint].filter(Boolean).join(" ");
  return place.length === 0 ? text : `${place.join(", ")}: ${text}`;
}
