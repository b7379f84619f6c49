import { memberGroups } from "../../rbac/index.ts";
import type { EscalationLink } from "../link.ts";

/** What the API server makes of every authenticated request: groups that nobody has to grant. */
export const memberOf: EscalationLink = {
  id: "MEMBER_OF",
  name: "is a member of",
  effort: 0,
  from: ["subject"],
  *links(from, { model }) {
    if (from.type !== "subject") return;
    for (const subject of memberGroups(model, from.subject))
      yield { to: { type: "subject", subject }, because: model.subjects[subject]?.name ?? "" };
    const self = model.subjects[from.subject];
    if (self?.kind === "Group" && self.name === "system:masters")
      yield { to: { type: "target", target: "masters" }, because: "system:masters" };
  },
  gives: "The rights of the groups that the API server adds to every request of the subject.",
  fix: "Bind roles to single subjects instead of to groups that everybody is in.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects",
};
