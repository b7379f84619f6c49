import type { CapabilityView } from "#lib/contracts/access.ts";
import type { SeverityLevel } from "./severity-mark.tsx";
import { severityWord } from "./severity-mark.tsx";

type StateView = Pick<CapabilityView, "severity" | "state">;

/** How a capability is drawn: only what works now carries the mark of a risk. */
export function capabilityLevel({ severity, state }: StateView): SeverityLevel {
  return state === "proven" ? severity : "none";
}

/** The word beside the mark: the risk, or that it does not work now. */
export function capabilityWord({ severity, state }: StateView): string {
  if (state === "proven") return severityWord(severity);
  return state === "blocked" ? "Blocked" : "Latent";
}
