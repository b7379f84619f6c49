import type { EscalationLink } from "../link.ts";

/** Whoever runs as an account with such an annotation is that role in the cloud. */
export const cloudRole: EscalationLink = {
  id: "CLOUD_ROLE",
  primitive: "R76",
  name: "takes its role in the cloud",
  effort: 1,
  from: ["account"],
  *links(from, { model, facts }) {
    if (from.type !== "account") return;
    const subject = model.subjects[from.subject];
    if (subject?.kind !== "ServiceAccount" || subject.namespace === undefined) return;
    const { namespace, name } = subject;
    const account = facts.cluster.accountsIn(namespace).find((candidate) => candidate.name === name);
    for (const role of account?.cloudRoles ?? [])
      yield {
        to: { type: "cloud-role", name: role },
        change: { type: "cloud-annotation", namespace, account: name },
        because: `${namespace}/${name} is annotated with it`,
      };
  },
  gives: "Whatever the role may do in the cloud.",
  fix: "Give the role to an account of its own that only one workload runs as.",
  technique: "T1078.004",
  source: "https://kubernetes.io/docs/concepts/security/service-accounts/",
};
