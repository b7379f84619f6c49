import { serviceAccountUsername } from "../../../model/subject-name.ts";
import type { EscalationLink } from "../link.ts";

/** A Secret with a token of an account, where one exists: since 1.24 none is made by itself. */
export const tokenSecret: EscalationLink = {
  id: "TOKEN_SECRET",
  primitive: "R29",
  name: "finds a token among the secrets",
  effort: 1,
  from: ["secrets"],
  *links(from, { model, facts }) {
    if (from.type !== "secrets" || from.namespace === null) return;
    const { namespace } = from;
    if (facts.isSystemNamespace(namespace))
      yield { to: { type: "target", target: "kube-system-secrets" }, because: `secrets of ${namespace}` };
    for (const account of facts.cluster.accountsIn(namespace)) {
      const subject = model.findSubject("user", serviceAccountUsername(namespace, account.name));
      if (subject === undefined) continue;
      // Each is a way of its own: deleting one leaves the others.
      for (const secret of account.tokenSecrets) {
        if (from.names !== null && !from.names.includes(secret)) continue;
        yield {
          to: { type: "account", subject },
          change: { type: "token-secret", namespace, secret },
          because: `secret ${namespace}/${secret} holds a token of ${namespace}/${account.name}`,
        };
      }
    }
  },
  gives: "The identity of the account, until the Secret is deleted.",
  fix: "Delete token Secrets; pods get short-lived tokens without them.",
  technique: "T1552.007",
  source: "https://kubernetes.io/docs/concepts/security/service-accounts/",
};
