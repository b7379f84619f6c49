import type { JsonRecord } from "./values.ts";
import type { ProjectionContext } from "./metadata.ts";
import { optionalText, recordOf, requiredText } from "./values.ts";

const TOKEN_TYPE = "kubernetes.io/service-account-token";
const ACCOUNT_ANNOTATION = "kubernetes.io/service-account.name";

/** All that is ever taken from a Secret, and from manifests only. */
export interface SecretIdentity {
  readonly namespace: string;
  readonly name: string;
  /** Name of the service account, in the namespace of the Secret, of which it holds a token that does not expire; null: it holds none. */
  readonly account: string | null;
}

/**
 * Which service account a Secret holds a token of, by its type and the account that it names. Its contents and their keys are not looked at.
 * @throws InvalidObject when the object could not be stored by an API server.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export function projectSecret(object: JsonRecord, { namespace = "default" }: ProjectionContext): SecretIdentity {
  const metadata = recordOf(object, "metadata");
  const isToken = optionalText(object, "type") === TOKEN_TYPE;
  return {
    namespace: optionalText(metadata, "namespace") ?? namespace,
    name: requiredText(metadata, "name"),
    account: isToken ? requiredText(recordOf(metadata, "annotations"), ACCOUNT_ANNOTATION) : null,
  };
}
