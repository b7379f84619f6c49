import type { RightQuery } from "../rbac/index.ts";
import type { EdgeFacts, Gain } from "./edge.ts";
import { rights } from "./rights.ts";

const GROUP = "certificates.k8s.io";

export const CREATE_REQUEST = rights(["create"], GROUP, ["certificatesigningrequests"]);
/** Fetching the certificate that was issued; whoever writes an approval gets the request back as the answer and needs none of these. */
export const READ_REQUEST = rights(["get", "list", "watch", "update", "patch"], GROUP, ["certificatesigningrequests"]);
/** The name of the request is chosen by whoever creates it, so a limit to names is none. */
export const APPROVE_REQUEST = rights(["update", "patch"], GROUP, ["certificatesigningrequests/approval"]);
export const WRITE_REQUEST_STATUS = rights(["update", "patch"], GROUP, ["certificatesigningrequests/status"]);

/** A right on a signer of Kubernetes: for its name, or for all of its domain. */
export function onSigner(verb: "approve" | "sign", signer: string): readonly RightQuery[] {
  return [`kubernetes.io/${signer}`, "kubernetes.io/*"].map((name) => ({
    verb,
    apiGroup: GROUP,
    resource: "signers",
    name,
  }));
}

/** Who a client certificate may name: every user, service accounts among them, and every group but `system:masters`, which is refused. */
export function certificateGains({ rbac }: EdgeFacts): readonly Gain[] {
  return [
    { type: "users", names: null },
    { type: "identities", namespace: null, names: null },
    { type: "groups", names: rbac.groups.filter((name) => name !== "system:masters") },
  ];
}
