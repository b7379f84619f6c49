import type { Readable } from "node:stream";
import { lstat, readFile, readdir, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { AppError } from "#lib/model/app-error.ts";
import { LIMITS } from "../limits.ts";

/** Where manifests come from: a file or directory, a stream (standard input), or text that is already here. */
export type ManifestInput =
  { readonly path: string } | { readonly stdin: Readable } | { readonly name: string; readonly text: string };

/** One file of manifests with the name under which errors report it. */
export interface ManifestText {
  readonly name: string;
  readonly text: string;
}

const EXTENSIONS: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);

/**
 * Reads inputs one file at a time, in the order given; directories recursively in code unit order.
 * In directories only `.yaml`, `.yml` and `.json` count, hidden entries are left out, links to directories are not
 * followed and links to files only when they stay inside the directory.
 * @throws AppError `invalid_input` (missing file, not UTF-8) or `too_large`.
 */
export async function* readInputs(inputs: readonly ManifestInput[]): AsyncGenerator<ManifestText> {
  let bytes = 0;
  let files = 0;
  for await (const input of listTexts(inputs)) {
    bytes += input.text.length;
    files += 1;
    if (bytes > LIMITS.inputBytes || files > LIMITS.files) {
      throw new AppError("too_large", "The input is larger than Kordon reads at once.", {
        position: { file: input.name },
        hint: "Give fewer files, or save a snapshot of the cluster instead.",
      });
    }
    yield input;
  }
}

async function* listTexts(inputs: readonly ManifestInput[]): AsyncGenerator<ManifestText> {
  for (const input of inputs) {
    if ("text" in input) yield input;
    else if ("stdin" in input) yield { name: "-", text: await readStream(input.stdin) };
    else yield* readPath(input.path);
  }
}

async function* readPath(path: string): AsyncGenerator<ManifestText> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new AppError("invalid_input", `Cannot read ${path}: ${reasonOf(cause)}.`, {
      position: { file: path },
      cause,
    });
  });
  if (!info.isDirectory()) {
    yield await readOne(path);
    return;
  }
  const root = await realpath(path);
  for await (const file of walk(path, root)) yield await readOne(file);
}

async function* walk(directory: string, root: string): AsyncGenerator<string> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new AppError("invalid_input", `Cannot read ${directory}: ${reasonOf(cause)}.`, {
      position: { file: directory },
      cause,
    });
  });
  for (const name of names.sort()) {
    if (name.startsWith(".")) continue;
    const path = join(directory, name);
    const info = await lstat(path);
    if (info.isDirectory()) yield* walk(path, root);
    else if (EXTENSIONS.has(extname(name)) && (info.isFile() || (await isLinkInside(path, root)))) yield path;
  }
}

/** A link to a regular file below `root`. A link that leads nowhere counts as outside. */
async function isLinkInside(path: string, root: string): Promise<boolean> {
  try {
    const target = await realpath(path);
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false; // broken link: there is nothing to read
  }
}

async function readOne(path: string): Promise<ManifestText> {
  const { size } = await stat(path);
  if (size > LIMITS.jsonFileBytes) throw tooLarge(path);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError("invalid_input", `Cannot read ${path}: ${reasonOf(cause)}.`, {
      position: { file: path },
      cause,
    });
  });
  return { name: path, text: decode(bytes, path) };
}

async function readStream(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += buffer.length;
    if (bytes > LIMITS.jsonFileBytes) throw tooLarge("-");
    chunks.push(buffer);
  }
  return decode(Buffer.concat(chunks), "-");
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("invalid_input", `${name} is not UTF-8 text.`, { position: { file: name }, cause });
  }
}

function tooLarge(name: string): AppError {
  return new AppError("too_large", `${name} is larger than ${LIMITS.jsonFileBytes / 1024 / 1024} MiB.`, {
    position: { file: name },
  });
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  switch (code) {
    case "ENOENT":
      return "no such file or directory";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ENOTDIR":
      return "not a directory";
    default:
      return "it cannot be opened";
  }
}
