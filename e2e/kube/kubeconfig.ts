import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";

/** How a kubeconfig's user signs in. */
export type KubeconfigUser =
  { readonly token: string } | { readonly clientCertificatePem: string; readonly clientKeyPem: string };

export interface KubeconfigOptions {
  readonly server: string;
  readonly caPem: string;
  readonly user: KubeconfigUser;
  /** Name of the context, the cluster and the user. */
  readonly name?: string;
  readonly namespace?: string;
}

/** Renders a kubeconfig with everything inline: it names no file and runs no program. */
export function renderKubeconfig({ server, caPem, user, name = "kordon-test", namespace }: KubeconfigOptions): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const credentials =
    "token" in user
      ? { token: user.token }
      : { "client-certificate-data": base64(user.clientCertificatePem), "client-key-data": base64(user.clientKeyPem) };
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": base64(caPem) } }],
    users: [{ name, user: credentials }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) } }],
    "current-context": name,
  });
}

/** Writes a kubeconfig that only its owner can read. */
export async function writeKubeconfig(path: string, options: KubeconfigOptions): Promise<void> {
  await writeFile(path, renderKubeconfig(options), { mode: 0o600 });
}
