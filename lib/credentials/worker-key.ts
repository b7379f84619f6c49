import { chmod, mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from "jose";
import { z } from "zod";
import { AppError } from "../model/app-error.ts";

const ALGORITHM = "ECDH-ES+A256KW";

export interface WorkerKeys {
  readonly privateKey: CryptoKey;
  /** JWK of the public half, for the store. */
  readonly publicJwk: JWK;
}

/**
 * The worker's key pair. The private half stands in a file that only its owner may read; it is made when it is missing and
 * never leaves the worker.
 * @throws AppError `unavailable` when others may read the file or it is broken.
 */
export async function loadWorkerKeys(path: string): Promise<WorkerKeys> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) await createKeyFile(path);
  const mode = (await stat(path)).mode & 0o077;
  if (mode !== 0)
    throw new AppError("unavailable", "The worker's key file may be read by others", {
      hint: `Run: chmod 600 ${path}`,
    });
  const { d, ...publicJwk } = parseKey(text ?? (await readFile(path, "utf8")), path);
  try {
    const privateKey = await importJWK({ ...publicJwk, d }, ALGORITHM);
    if (!(privateKey instanceof Uint8Array)) return { privateKey, publicJwk };
  } catch (cause) {
    throw brokenKey(path, cause);
  }
  throw brokenKey(path);
}

function parseKey(text: string, path: string): z.infer<typeof keySchema> {
  try {
    return keySchema.parse(JSON.parse(text));
  } catch (cause) {
    throw brokenKey(path, cause);
  }
}

function brokenKey(path: string, cause?: unknown): AppError {
  return new AppError("unavailable", "The worker's key file is not a private key", { position: { file: path }, cause });
}

const keySchema = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

/** Two workers may start at once: the first to create the file wins. */
async function createKeyFile(path: string): Promise<void> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: "P-256", extractable: true });
  const text = JSON.stringify(await exportJWK(privateKey));
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await chmod(path, 0o600);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
