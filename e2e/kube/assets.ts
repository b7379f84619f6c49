import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** The programs a test control plane is made of. Only the first two are needed for an API server. */
export const COMPONENTS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
export type Component = (typeof COMPONENTS)[number];

const ALWAYS_NEEDED: readonly Component[] = ["etcd", "kube-apiserver"];

/** Where the binaries are (the convention of envtest: one folder, named by `KUBEBUILDER_ASSETS`). */
export interface KubeAssets {
  readonly dir: string;
  readonly present: readonly Component[];
  readonly missing: readonly Component[];
}

/** Either the binaries or the one line that says why tests on a real control plane are skipped. */
export type ControlPlaneAvailability =
  { readonly available: true; readonly assets: KubeAssets } | { readonly available: false; readonly reason: string };

/** Thrown when a control plane is asked for and its binaries are not there; `missing` names them. */
export class MissingBinariesError extends Error {
  readonly missing: readonly Component[];

  constructor(missing: readonly Component[], dir: string | undefined) {
    super(
      dir === undefined
        ? "KUBEBUILDER_ASSETS is not set (setup-envtest use -p path prints a folder for it)"
        : `KUBEBUILDER_ASSETS has no ${missing.join(", ")}`,
    );
    this.name = "MissingBinariesError";
    this.missing = missing;
  }
}

/**
 * Finds the control plane binaries in `dir` (by default the folder named by `KUBEBUILDER_ASSETS`).
 * @throws MissingBinariesError when etcd, kube-apiserver or one of `needs` is not an executable there.
 */
export function findAssets(
  needs: readonly Component[] = [],
  dir: string | undefined = process.env["KUBEBUILDER_ASSETS"],
): KubeAssets {
  if (dir === undefined || dir === "") throw new MissingBinariesError(COMPONENTS, undefined);
  const present = COMPONENTS.filter((component) => isExecutable(join(dir, component)));
  const missing = COMPONENTS.filter((component) => !present.includes(component));
  const lacking = missing.filter((component) => ALWAYS_NEEDED.includes(component) || needs.includes(component));
  if (lacking.length > 0) throw new MissingBinariesError(lacking, dir);
  return { dir, present, missing };
}

/**
 * Decides whether tests on a real control plane can run here. The caller passes the answer to `describe.skipIf`;
 * the reason is printed once per call, so that no run is silently smaller than it looks.
 * @throws MissingBinariesError instead of answering "not available" when `KORDON_REQUIRE_KUBE=1`.
 */
export function requireControlPlane(needs: readonly Component[] = []): ControlPlaneAvailability {
  try {
    return { available: true, assets: findAssets(needs) };
  } catch (error) {
    if (!(error instanceof MissingBinariesError) || process.env["KORDON_REQUIRE_KUBE"] === "1") throw error;
    const reason = `skipped: needs a real control plane, and ${error.message}`;
    process.stderr.write(`${reason}\n`);
    return { available: false, reason };
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent and not executable are the same answer here
  }
}
