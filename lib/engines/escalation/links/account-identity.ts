import type { EscalationLink } from "../link.ts";

/** A token of an account is accepted as the account. */
export const accountIdentity: EscalationLink = {
  id: "ACCOUNT_IDENTITY",
  name: "acts as the account",
  effort: 0,
  from: ["account"],
  *links(from) {
    if (from.type === "account") yield { to: { type: "subject", subject: from.subject } };
  },
  gives: "Every right of the service account.",
  fix: "Remove rights that the account does not use.",
  technique: "T1078",
  source: "https://kubernetes.io/docs/concepts/security/service-accounts/",
};
