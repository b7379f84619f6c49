import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { AppError } from "../model/app-error.ts";

/** Bad usage: exit status 2 with one line and where to read more. */
export function usageError(message: string, command?: string): AppError {
  return new AppError("invalid_input", message, {
    hint: `See: kordon ${command === undefined ? "help" : `help ${command}`}`,
  });
}

/**
 * Parses the arguments of a command.
 * @throws AppError `invalid_input` for an unknown or incomplete option.
 */
export function parseCommand<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
  command: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")))
      throw error;
    throw usageError(error.message.split(". ")[0] ?? error.message, command);
  }
}

/** Options by which every analysing command names its source. */
export const SOURCE_OPTIONS = {
  manifests: { type: "string", multiple: true },
  "manifests-namespace": { type: "string" },
  snapshot: { type: "string" },
  context: { type: "string" },
  kubeconfig: { type: "string" },
  "in-cluster": { type: "boolean" },
  demo: { type: "string" },
  output: { type: "string", short: "o" },
} as const satisfies ParseArgsOptionsConfig;

/**
 * `--manifests` takes any number of paths; they end at the next option or at `--`. Rewrites `--manifests a b` to
 * `--manifests a --manifests b` so that the parser needs no special case.
 * @param stopAt  Number of trailing positionals the command itself needs, which are therefore no paths.
 */
export function expandManifests(args: readonly string[], isPath: (text: string) => boolean): readonly string[] {
  const result: string[] = [];
  let inPaths = false;
  let first = false;
  for (const arg of args) {
    if (arg === "--manifests") {
      inPaths = true;
      first = true;
      continue;
    }
    if (inPaths && (first || (!isOption(arg) && isPath(arg)))) {
      result.push(`--manifests=${arg}`);
      first = false;
      continue;
    }
    inPaths = false;
    result.push(arg);
  }
  if (inPaths && first) throw usageError("--manifests needs at least one path");
  return result;
}

function isOption(arg: string): boolean {
  return arg.startsWith("-") && arg !== "-";
}
