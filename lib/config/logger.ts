import { pino, type Logger } from "pino";
import type { Config } from "./config.ts";

export type { Logger };

/** JSON lines on stderr. Errors keep their class, code and stack; never a body, header or credential of a cluster. */
export function makeLogger({ logLevel }: Pick<Config, "logLevel">, name: string): Logger {
  return pino(
    {
      name,
      level: logLevel,
      redact: ["*.token", "*.kubeconfig", "*.credential", "*.authorization", "*.cookie"],
      serializers: { err: serializeError },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

function serializeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { type: error.name, code, message: error.message, stack: error.stack };
}
