import type { ManifestText } from "./read-inputs.ts";
import { parseAllDocuments } from "yaml";
import { AppError } from "#lib/model/app-error.ts";
import { LIMITS, isDeeperThan } from "../limits.ts";
import { jsonErrorPosition } from "./json-error-position.ts";

/** Aliases a document may use; more is a bomb, not a manifest. */
const MAX_ALIASES = 100;

/** Words that the YAML of Kubernetes reads as booleans and YAML 1.2 does not. */
const BOOLEAN_WORDS = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text: string) => /^(?:yes|on)$/i.test(text),
} as const;

/**
 * All documents of one file, empty ones left out: JSON when the text begins with a bracket, else multi-document YAML.
 * @throws AppError `invalid_input` with file, line and column; `too_large` for a YAML file above the limit.
 */
export function parseDocuments({ name, text }: ManifestText): readonly unknown[] {
  const documents = /^\s*[[{]/.test(text) ? parseJsonText(name, text) : parseYamlText(name, text);
  for (const document of documents) {
    if (isDeeperThan(document, LIMITS.depth)) {
      throw new AppError("invalid_input", `${name} nests deeper than ${LIMITS.depth} levels.`, {
        position: { file: name },
      });
    }
  }
  return documents;
}

function parseJsonText(name: string, text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch (cause) {
    // YAML in flow style, or JSON documents separated by `---`.
    if (/^---/m.test(text)) return parseYamlText(name, text);
    const { line, column } = jsonErrorPosition(text);
    throw new AppError("invalid_input", `${name} is not valid JSON.`, {
      position: { file: name, line, column },
      cause,
    });
  }
}

function parseYamlText(name: string, text: string): readonly unknown[] {
  if (text.length > LIMITS.yamlFileBytes) {
    throw new AppError("too_large", `${name} is larger than Kordon reads as YAML.`, {
      position: { file: name },
      hint: "Write it as JSON.",
    });
  }
  try {
    const documents = parseAllDocuments(text, {
      merge: true,
      logLevel: "silent",
      customTags: (tags) => [BOOLEAN_WORDS, ...tags],
    });
    return documents.flatMap((document) => {
      const [error] = document.errors;
      if (error !== undefined) throw error;
      const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
      return value === null || value === undefined ? [] : [value];
    });
  } catch (cause) {
    throw yamlError(name, cause);
  }
}

function yamlError(name: string, cause: unknown): AppError {
  const place =
    cause instanceof Error && "linePos" in cause && Array.isArray(cause.linePos) ? cause.linePos[0] : undefined;
  const position = { file: name, ...(place ? { line: Number(place.line), column: Number(place.col) } : {}) };
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return new AppError("invalid_input", `${name} is not valid YAML: ${yamlReason(code, cause)}.`, { position, cause });
}

/** Reasons in our own words: a parser's message quotes the input, which may hold secrets. */
function yamlReason(code: unknown, cause: unknown): string {
  if (cause instanceof ReferenceError) return "it uses aliases without end or without an anchor";
  if (cause instanceof RangeError) return "it nests too deeply";
  switch (code) {
    case "BAD_INDENT":
      return "the indentation is wrong";
    case "DUPLICATE_KEY":
      return "a key occurs twice";
    case "TAB_AS_INDENT":
      return "a tab is used as indentation";
    case "MISSING_CHAR":
      return "a character is missing";
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return "a value is not allowed here";
    default:
      return "the text cannot be read";
  }
}
