import type { JsonRecord } from "../project/values.ts";
import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { AppError } from "#lib/model/app-error.ts";
import { InvalidObject, optionalText, recordOf, recordsOf, requiredText } from "../project/values.ts";

/** One named entry of a kubeconfig with the folder that its relative paths start from. */
export interface ConfigEntry {
  readonly name: string;
  readonly value: JsonRecord;
  readonly directory: string;
  readonly file: string;
}

/** Kubeconfig files of the operator, merged as kubectl does: the first file that defines a name wins. */
export interface OperatorKubeconfig {
  readonly currentContext?: string;
  readonly clusters: ReadonlyMap<string, ConfigEntry>;
  readonly users: ReadonlyMap<string, ConfigEntry>;
  readonly contexts: ReadonlyMap<string, ConfigEntry>;
}

/** Variables of the environment. */
export type Environment = { readonly [name: string]: string | undefined };

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Paths of `KUBECONFIG`, or `~/.kube/config`. */
export function defaultKubeconfigPaths(environment: Environment = process.env): readonly string[] {
  const paths = (environment.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  return paths.length > 0 ? paths : [join(environment.HOME ?? homedir(), ".kube", "config")];
}

/**
 * Reads and merges kubeconfig files that the operator mounted; these may name programs and files.
 * @param paths  Files in order; the default ones when empty. Files that do not exist are left out, as kubectl does,
 *               but at least one must exist.
 * @throws AppError `invalid_kubeconfig` with the file and field.
 */
export async function readOperatorKubeconfig(paths: readonly string[]): Promise<OperatorKubeconfig> {
  const wanted = paths.length > 0 ? paths : defaultKubeconfigPaths();
  const clusters = new Map<string, ConfigEntry>();
  const users = new Map<string, ConfigEntry>();
  const contexts = new Map<string, ConfigEntry>();
  let currentContext: string | undefined;
  let found = 0;
  for (const file of wanted) {
    const root = await readConfig(file);
    if (root === undefined) continue;
    found += 1;
    inFile(file, () => {
      currentContext ??= optionalText(root, "current-context");
      addEntries(clusters, root, "clusters", "cluster", file);
      addEntries(users, root, "users", "user", file);
      addEntries(contexts, root, "contexts", "context", file);
    });
  }
  if (found === 0) {
    throw new AppError("invalid_kubeconfig", "There is no kubeconfig file.", {
      position: { file: wanted[0] },
      hint: "Set KUBECONFIG, or name a file.",
    });
  }
  return { ...(currentContext === undefined ? {} : { currentContext }), clusters, users, contexts };
}

/** Runs a reader of checked fields and turns what it finds wrong into an error with the file. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof InvalidObject)) throw cause;
    throw new AppError("invalid_kubeconfig", `The kubeconfig has no valid ${cause.field}.`, {
      position: { file, field: cause.field },
      cause,
    });
  }
}

async function readConfig(file: string): Promise<JsonRecord | undefined> {
  const info = await stat(file).catch(() => undefined);
  if (info === undefined) return undefined;
  if (info.size > MAX_FILE_BYTES) {
    throw new AppError("invalid_kubeconfig", "The kubeconfig is larger than 16 MiB.", { position: { file } });
  }
  try {
    const value: unknown = parse(await readFile(file, "utf8"), { maxAliasCount: 10, logLevel: "error" });
    return recordOf({ root: value ?? {} }, "root");
  } catch (cause) {
    throw new AppError("invalid_kubeconfig", "The kubeconfig cannot be read as YAML.", { position: { file }, cause });
  }
}

function addEntries(
  target: Map<string, ConfigEntry>,
  root: JsonRecord,
  list: string,
  inner: string,
  file: string,
): void {
  for (const entry of recordsOf(root, list)) {
    const name = requiredText(entry, "name");
    if (target.has(name)) continue;
    target.set(name, { name, value: recordOf(entry, inner), directory: resolve(dirname(file)), file });
  }
}
