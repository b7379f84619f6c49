import type { EscalationLink } from "../link.ts";
import { accountIdentity } from "./account-identity.ts";
import { cloudRole } from "./cloud-role.ts";
import { clusterContents } from "./cluster-contents.ts";
import { masters } from "./masters.ts";
import { memberOf } from "./member-of.ts";
import { namespaceContents } from "./namespace-contents.ts";
import { newPodHost } from "./new-pod-host.ts";
import { newPod } from "./new-pod.ts";
import { nodeContents } from "./node-contents.ts";
import { parts } from "./parts.ts";
import { podEscape } from "./pod-escape.ts";
import { podToken } from "./pod-token.ts";
import { tokenSecret } from "./token-secret.ts";

/** Every link, in the order in which equal paths are preferred. */
export const ESCALATION_LINKS: readonly EscalationLink[] = [
  accountIdentity,
  memberOf,
  masters,
  parts,
  namespaceContents,
  newPod,
  newPodHost,
  podToken,
  podEscape,
  tokenSecret,
  nodeContents,
  clusterContents,
  cloudRole,
];
