import { serviceAccountUsername } from "../../../model/subject-name.ts";
import type { PodFacts } from "../cluster-facts.ts";
import type { EscalationLink, Link, LinkContext } from "../link.ts";

/** Code in a pod reads the token that stands in its file system. A pod without one gives no identity. */
export const podToken: EscalationLink = {
  id: "POD_TOKEN",
  primitive: "R78",
  name: "reads the pod's token",
  effort: 1,
  from: ["pods"],
  *links(from, context) {
    if (from.type !== "pods" || from.namespace === null) return;
    const { namespace } = from;
    if (context.facts.cluster.podsUnread(namespace)) yield* unknownTokens(namespace, context);
    const names = from.names === null ? null : new Set(from.names);
    yield* tokensOf(
      context.facts.cluster.podsIn(namespace).filter(({ name }) => names === null || names.has(name)),
      context,
    );
  },
  gives: "The identity of the service account that the pod runs as, and of those whose token Secrets it mounts.",
  fix: "Set automountServiceAccountToken: false where the pod does not talk to the API server.",
  technique: "T1528",
  source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
};

/** Where pods could not be read, any account of the namespace may run there. */
function* unknownTokens(namespace: string, { model, facts }: LinkContext): Generator<Link> {
  const reason = `the pods of ${namespace} could not be read`;
  for (const { name } of facts.cluster.accountsIn(namespace)) {
    const subject = model.findSubject("user", serviceAccountUsername(namespace, name));
    if (subject !== undefined)
      yield { to: { type: "account", subject }, state: { state: "latent", reason }, because: reason };
  }
}

/** One link for each account with a token in one of the pods, and one for each Secret in them that holds a token. */
export function* tokensOf(pods: readonly PodFacts[], context: LinkContext): Generator<Link> {
  const { model } = context;
  const byAccount = Map.groupBy(
    pods.filter(({ tokenMounted }) => tokenMounted),
    ({ namespace, account }) => serviceAccountUsername(namespace, account),
  );
  for (const [username, [first, ...others]] of byAccount) {
    const subject = model.findSubject("user", username);
    if (subject === undefined || !first) continue;
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    yield {
      to: { type: "account", subject },
      change: { type: "automount", namespace: first.namespace, account: first.account },
      because: `pod ${first.namespace}/${first.name}${more} holds a token of ${first.namespace}/${first.account}`,
    };
  }
  yield* tokenSecretsOf(pods, context);
}

function* tokenSecretsOf(pods: readonly PodFacts[], { model, facts }: LinkContext): Generator<Link> {
  const seen = new Set<string>();
  for (const { namespace, name, secrets } of pods) {
    if (secrets.length === 0) continue;
    for (const account of facts.cluster.accountsIn(namespace)) {
      const subject = model.findSubject("user", serviceAccountUsername(namespace, account.name));
      if (subject === undefined) continue;
      for (const secret of account.tokenSecrets) {
        const key = `${namespace}/${secret}`;
        if (!secrets.includes(secret) || seen.has(key)) continue;
        seen.add(key);
        yield {
          to: { type: "account", subject },
          change: { type: "token-secret", namespace, secret },
          because: `pod ${namespace}/${name} mounts the secret ${key}, which holds a token of ${namespace}/${account.name}`,
        };
      }
    }
  }
}
