import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../model/app-error.ts";

/** Everything that is set from outside, read once per process. */
export interface Config {
  /** Folder of the embedded store and the worker's key. */
  readonly dataDir: string;
  readonly storePath: string;
  readonly keyPath: string;
  /** Address the web process listens on; loopback unless sign-in exists. */
  readonly host: string;
  readonly port: number;
  /** Kubeconfig files of the operator, in order of precedence; empty means the default ones. */
  readonly kubeconfigPaths: readonly string[];
  /** CIDRs that pasted kubeconfigs may reach although such addresses are blocked by default. */
  readonly allowedNetworks: readonly string[];
  /** Scans that run at the same time. */
  readonly scanConcurrency: number;
  /** Heap limit of one scan, in MiB. */
  readonly scanMemoryMib: number;
  /** A scan that takes longer is ended. */
  readonly scanTimeoutMs: number;
  /** Add the demo clusters to an empty store. */
  readonly demo: boolean;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

const environmentSchema = z.object({
  KORDON_DATA: z.string().min(1).optional(),
  KORDON_HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => LOOPBACK.has(host), "only a loopback address is allowed while there is no sign-in"),
  KORDON_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  KORDON_ALLOWED_NETWORKS: list,
  KORDON_KUBECONFIG: list,
  KORDON_SCAN_CONCURRENCY: z.coerce.number().int().min(1).max(16).default(2),
  KORDON_SCAN_MEMORY_MIB: z.coerce.number().int().min(128).max(65_536).default(2048),
  KORDON_SCAN_TIMEOUT_S: z.coerce.number().int().min(10).max(86_400).default(900),
  KORDON_DEMO: z.enum(["0", "1"]).default("0"),
  KORDON_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

/**
 * Reads the configuration from environment variables.
 * @throws AppError `invalid_input` that names the first variable with a bad value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError("invalid_input", `${String(issue?.path[0])}: ${issue?.message ?? "bad value"}`);
  }
  const values = parsed.data;
  const dataDir = values.KORDON_DATA ?? join(environment.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "kordon");
  return {
    dataDir,
    storePath: join(dataDir, "kordon.db"),
    keyPath: join(dataDir, "worker-key.json"),
    host: values.KORDON_HOST,
    port: values.KORDON_PORT,
    kubeconfigPaths: values.KORDON_KUBECONFIG,
    allowedNetworks: values.KORDON_ALLOWED_NETWORKS,
    scanConcurrency: values.KORDON_SCAN_CONCURRENCY,
    scanMemoryMib: values.KORDON_SCAN_MEMORY_MIB,
    scanTimeoutMs: values.KORDON_SCAN_TIMEOUT_S * 1000,
    demo: values.KORDON_DEMO === "1",
    logLevel: values.KORDON_LOG,
  };
}
