import { refuseInvalid } from "../../analysis/what-if/refuse-invalid.ts";
import { readAccessObjects } from "../../collector/index.ts";
import { MAX_WHAT_IF_OBJECTS, type WhatIf, type WhatIfRequest } from "../../contracts/what-if.ts";
import { AppError } from "../../model/app-error.ts";
import type { Actor } from "../actor.ts";
import type { ServerContext } from "../context.ts";
import { latestScanId } from "./latest-scan.ts";

const RBAC_GROUP = "rbac.authorization.k8s.io";

/**
 * What would change in the newest scan of a cluster. Nothing is written anywhere.
 * @throws AppError `invalid_input` with the position in the text; `too_large`; `not_found`; `conflict` without a scan.
 */
export async function askWhatIf(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  { text, remove }: WhatIfRequest,
): Promise<WhatIf> {
  const written =
    text.trim() === "" ? [] : readAccessObjects({ name: "the text", text }, MAX_WHAT_IF_OBJECTS, refuseInvalid);
  if (written.length === 0 && remove.length === 0)
    throw new AppError("invalid_input", "There is nothing to compare", {
      hint: "Give a role, binding or service account, or mark one as removed.",
    });
  return context.questions.ask(await latestScanId(context, clusterId), "whatIf", {
    written,
    removed: remove.map((ref) => ({ group: ref.kind === "ServiceAccount" ? "" : RBAC_GROUP, ...ref })),
  });
}
