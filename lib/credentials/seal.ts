import { createHash } from "node:crypto";
import { FlattenedEncrypt, flattenedDecrypt, importJWK, type CryptoKey, type FlattenedJWE, type JWK } from "jose";
import { z } from "zod";
import { AppError } from "../model/app-error.ts";

/** What a sealed credential belongs to. Changing any of it makes the seal useless: a token never goes to another server. */
export interface SealBinding {
  readonly clusterId: string;
  readonly server: string;
  /** SHA-256 of the CA text, or "" for the system's authorities. */
  readonly caHash: string;
  readonly tlsServerName: string;
}

/** SHA-256 in hex of a cluster's CA text; "" when it has none. */
export function hashOfCa(caData: string | undefined): string {
  return caData === undefined ? "" : createHash("sha256").update(caData).digest("hex");
}

/** Seals a credential to the worker's public key (JWE, ECDH-ES with AES-256-GCM), with the binding as authenticated data. */
export async function sealCredential(credential: object, binding: SealBinding, publicJwk: JWK): Promise<string> {
  const key = await importJWK(publicJwk, "ECDH-ES+A256KW");
  const sealed = await new FlattenedEncrypt(new TextEncoder().encode(JSON.stringify(credential)))
    .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM" })
    .setAdditionalAuthenticatedData(bindingBytes(binding))
    .encrypt(key);
  return JSON.stringify(sealed);
}

const jweSchema = z.object({
  ciphertext: z.string(),
  iv: z.string(),
  tag: z.string(),
  protected: z.string(),
  encrypted_key: z.string(),
  aad: z.string(),
});

/**
 * Opens a sealed credential. Only the worker can, and only for the binding it was sealed to.
 * @throws AppError `credential_missing` when it was changed, moved to another cluster or sealed to another key.
 */
export async function openCredential(sealed: string, binding: SealBinding, privateKey: CryptoKey): Promise<unknown> {
  const refused = (cause: unknown) =>
    new AppError("credential_missing", "The stored credential of this cluster cannot be opened", {
      hint: "Enter the kubeconfig again.",
      cause,
    });
  let parsed: FlattenedJWE;
  try {
    parsed = jweSchema.parse(JSON.parse(sealed));
  } catch (error) {
    throw refused(error);
  }
  if (parsed.aad !== Buffer.from(bindingBytes(binding)).toString("base64url")) throw refused(undefined);
  try {
    const { plaintext } = await flattenedDecrypt(parsed, privateKey, {
      keyManagementAlgorithms: ["ECDH-ES+A256KW"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch (error) {
    throw refused(error);
  }
}

function bindingBytes({ clusterId, server, caHash, tlsServerName }: SealBinding): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([clusterId, server, caHash, tlsServerName]));
}
