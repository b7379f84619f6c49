import type { RequestCredentials } from "../connection/connection.ts";
import type { JsonRecord } from "../project/values.ts";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { AppError } from "#lib/model/app-error.ts";
import { isRecord, optionalText, recordOf, recordsOf, requiredText, textOf, textsOf } from "../project/values.ts";

const TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;
/** Credentials are asked for again this long before they expire. */
const EARLY_MS = 60_000;

/** Credentials with the time until which they can be used; forever when absent. */
export interface ExpiringCredentials {
  readonly credentials: RequestCredentials;
  readonly expiresAt?: number;
}

/**
 * A credential plugin of an operator's kubeconfig, run without a shell, with a time-out, and without Kordon's own
 * settings in its environment. Not used for kubeconfigs from outside.
 * @throws AppError `credential_missing` when the program fails; its output is never quoted.
 */
export async function runExecPlugin(exec: JsonRecord, directory: string): Promise<ExpiringCredentials> {
  const command = requiredText(exec, "command");
  // As client-go: a command with a separator is a path below the kubeconfig's folder, others are looked up in PATH.
  const program = command.includes("/") ? resolve(directory, command) : command;
  const apiVersion = optionalText(exec, "apiVersion") ?? "client.authentication.k8s.io/v1";
  if (textOf(exec, "interactiveMode") === "Always") {
    throw failure("asks for a person, and none is there");
  }
  const output = await run(program, textsOf(exec, "args"), environmentOf(exec, apiVersion));
  return readCredential(output, apiVersion);
}

/** Keeps credentials until shortly before they expire. */
export function cachedCredentials(get: () => Promise<ExpiringCredentials>): () => Promise<RequestCredentials> {
  let cached: ExpiringCredentials | undefined;
  return async () => {
    const isFresh = cached !== undefined && (cached.expiresAt ?? Infinity) - EARLY_MS > Date.now();
    cached = isFresh && cached !== undefined ? cached : await get();
    return cached.credentials;
  };
}

function environmentOf(exec: JsonRecord, apiVersion: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("KORDON_"));
  const added = recordsOf(exec, "env").map((entry) => [requiredText(entry, "name"), textOf(entry, "value")]);
  const info = { apiVersion, kind: "ExecCredential", spec: { interactive: false } };
  return { ...Object.fromEntries([...inherited, ...added]), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done, fail) => {
    const options = { env, timeout: TIMEOUT_MS, killSignal: "SIGKILL", maxBuffer: MAX_OUTPUT_BYTES } as const;
    const child = execFile(program, [...args], options, (error, stdout) => {
      if (error === null) done(stdout);
      else if (error.killed === true) fail(failure("did not answer in time"));
      else if (error.code === "ENOENT") fail(failure("was not found"));
      else fail(failure("failed"));
    });
    child.stdin?.end();
  });
}

function readCredential(output: string, apiVersion: string): ExpiringCredentials {
  const answer = parseAnswer(output);
  if (answer.kind !== "ExecCredential" || answer.apiVersion !== apiVersion) {
    throw failure("gave an answer of another version");
  }
  const status = recordOf(answer, "status");
  const token = optionalText(status, "token");
  const cert = optionalText(status, "clientCertificateData");
  const key = optionalText(status, "clientKeyData");
  if (token === undefined && (cert === undefined || key === undefined)) throw failure("gave no credential");
  const expiration = optionalText(status, "expirationTimestamp");
  const expiresAt = expiration === undefined ? NaN : Date.parse(expiration);
  return {
    credentials: {
      headers: token === undefined ? [] : [["authorization", `Bearer ${token}`]],
      ...(cert === undefined || key === undefined ? {} : { certificate: { cert, key } }),
    },
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  };
}

function parseAnswer(output: string): JsonRecord {
  try {
    const value: unknown = JSON.parse(output);
    if (isRecord(value)) return value;
  } catch {
    // The output may be a credential: it must not become part of an error.
  }
  throw failure("gave no answer that can be read");
}

function failure(reason: string): AppError {
  return new AppError("credential_missing", `The credential program of the kubeconfig ${reason}.`, {
    hint: "Run it by hand with kubectl for this context to see why.",
  });
}
