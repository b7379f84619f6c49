import type { ObjectTable } from "../object-table.ts";
import type { ProjectionContext } from "../project/metadata.ts";
import type { SecretIdentity } from "../project/token-secret.ts";
import type { ManifestObject } from "./flatten.ts";
import { projectSecret } from "../project/token-secret.ts";
import { InvalidObject } from "../project/values.ts";

/** A Secret that holds a token of a service account of its namespace. */
export interface TokenSecret extends SecretIdentity {
  readonly account: string;
}

/** What an input says of Secrets: which of them hold a token of a service account. Nothing of the others is kept but their number. */
export interface TokenSecrets {
  /** Looks at one Secret. It counts as it stands last: as no token where it was one before. */
  add(entry: ManifestObject, context: ProjectionContext): "token" | "repeated-token" | "other";
  readonly tokens: Iterable<TokenSecret>;
  /** Secrets looked at, tokens or not. */
  readonly looked: number;
}

export function createTokenSecrets(): TokenSecrets {
  const tokens = new Map<string, TokenSecret>();
  let looked = 0;
  return {
    add({ object }, context) {
      looked += 1;
      const secret = identityOf(object, context);
      if (secret === null) return "other";
      const { namespace, name, account } = secret;
      const key = `${namespace}/${name}`;
      const isRepeated = tokens.delete(key);
      if (account === null) return "other";
      tokens.set(key, { namespace, name, account });
      return isRepeated ? "repeated-token" : "token";
    },
    get tokens() {
      return tokens.values();
    },
    get looked() {
      return looked;
    },
  };
}

/** Null for a Secret that an API server would refuse: it holds no token. */
function identityOf(object: ManifestObject["object"], context: ProjectionContext): SecretIdentity | null {
  try {
    return projectSecret(object, context);
  } catch (error) {
    if (error instanceof InvalidObject) return null;
    throw error;
  }
}

/** Names the token Secrets of each account on it. Those of accounts that the input does not have count for nothing. Returns what to say of it. */
export function addTokenSecrets(table: ObjectTable, secrets: TokenSecrets): readonly string[] {
  if (secrets.looked === 0) return [];
  const byAccount = Map.groupBy(secrets.tokens, ({ namespace, account }) => `${namespace}/${account}`);
  let held = 0;
  for (const account of table.of("serviceAccounts")) {
    const own = byAccount.get(`${account.metadata.namespace ?? ""}/${account.metadata.name}`);
    if (own === undefined) continue;
    held += own.length;
    const tokenSecrets = own.map(({ name }) => name).sort();
    // Replaces the account in its place, which the iteration has passed.
    table.add("serviceAccounts", "", "ServiceAccount", { ...account, tokenSecrets });
  }
  const unknown = [...secrets.tokens].length - held;
  const hold = held === 0 ? "none holds" : `${held} of ${secrets.looked} ${held === 1 ? "holds" : "hold"}`;
  return [
    `Of Secrets only the type and the service account that they name are looked at, never their data: ${hold} a token that does not expire.`,
    ...(unknown === 0 ? [] : [`${tokenSecretsAre(unknown)} left out: the input does not hold the service account.`]),
  ];
}

function tokenSecretsAre(count: number): string {
  return count === 1 ? "1 token Secret is" : `${count} token Secrets are`;
}
