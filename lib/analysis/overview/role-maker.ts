import { labelValue, type Labels } from "../../model/labels.ts";
import { compareText } from "../../model/subject-name.ts";
import { KNOWN_MAKERS, type KnownMaker } from "./known-makers.ts";

/** Who made a role or binding. `kubernetes`: the API server itself, which restores it; `yours`: nobody else that is known. */
export interface RoleMaker {
  /** `kubernetes`, `yours`, or the id of a known maker. */
  readonly id: string;
  readonly label: string;
}

export const KUBERNETES: RoleMaker = { id: "kubernetes", label: "Kubernetes itself" };
export const YOURS: RoleMaker = { id: "yours", label: "Yours" };

const APP_LABELS = ["app.kubernetes.io/part-of", "app.kubernetes.io/name"];
const BY_APP: ReadonlyMap<string, KnownMaker> = new Map(
  KNOWN_MAKERS.flatMap((maker) => (maker.apps ?? []).map((app) => [app, maker] as const)),
);
/** Longest first, so that the closest one wins. */
const BY_PREFIX: readonly (readonly [prefix: string, maker: KnownMaker])[] = KNOWN_MAKERS.flatMap((maker) =>
  maker.prefixes.map((prefix) => [prefix, maker] as const),
).sort(([a], [b]) => b.length - a.length || compareText(a, b));

/**
 * Who made an object, by the label with which the API server marks its own, by the recommended labels, then by its name. Only the first is
 * certain: the others are claims of whoever wrote the object. Never throws.
 */
export function makerOf({ name, labels }: { readonly name: string; readonly labels: Labels }): RoleMaker {
  if (labelValue(labels, "kubernetes.io/bootstrapping") === "rbac-defaults") return KUBERNETES;
  for (const label of APP_LABELS) {
    const maker = BY_APP.get(labelValue(labels, label) ?? "");
    if (maker) return maker;
  }
  const chart = labelValue(labels, "helm.sh/chart")?.replace(/-v?\d.*$/s, "");
  return BY_APP.get(chart ?? "") ?? BY_PREFIX.find(([prefix]) => startsWith(name, prefix))?.[1] ?? YOURS;
}

function startsWith(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  return /[^a-z0-9]$/i.test(prefix) || name.length === prefix.length || /[-:._]/.test(name.charAt(prefix.length));
}
