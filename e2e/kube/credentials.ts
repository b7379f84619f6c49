import { createCertificateRequest } from "./certificates.ts";
import type { ControlPlane } from "./control-plane.ts";
import { asRecord, asText } from "./json.ts";
import type { KubeconfigUser } from "./kubeconfig.ts";
import { waitFor } from "./wait.ts";

const REQUESTS_PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

/** Mints a token of an existing service account, valid for `expirationSeconds` (at least 600). */
export async function mintServiceAccountToken(
  kube: ControlPlane,
  namespace: string,
  name: string,
  expirationSeconds = 3_600,
): Promise<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/serviceaccounts/${encodeURIComponent(name)}/token`;
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds } };
  const { status, body } = await kube.request("POST", path, request);
  if (status !== 201) throw new Error(`token of ${namespace}/${name}: ${JSON.stringify(body)}`);
  return asText(asRecord(asRecord(body)["status"])["token"]);
}

/**
 * Has the cluster sign a client certificate: request, approval, signature by the controller manager (which must run).
 * @returns Credentials for a kubeconfig, of the given user with the given groups.
 */
export async function issueClientCertificate(
  kube: ControlPlane,
  user: string,
  groups: readonly string[] = [],
): Promise<KubeconfigUser> {
  const { keyPem, pem } = createCertificateRequest(user, groups);
  const created = await kube.request("POST", REQUESTS_PATH, {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { generateName: "kordon-test-" },
    spec: {
      request: Buffer.from(pem).toString("base64"),
      signerName: "kubernetes.io/kube-apiserver-client",
      usages: ["client auth"],
    },
  });
  if (created.status !== 201) throw new Error(`certificate request of ${user}: ${JSON.stringify(created.body)}`);
  const request = asRecord(created.body);
  const path = `${REQUESTS_PATH}/${asText(asRecord(request["metadata"])["name"])}`;
  const approval = { type: "Approved", status: "True", reason: "Test", message: "approved by the test" };
  const approved = await kube.request("PUT", `${path}/approval`, { ...request, status: { conditions: [approval] } });
  if (approved.status !== 200) throw new Error(`approval for ${user}: ${JSON.stringify(approved.body)}`);
  const certificate = await waitFor(`certificate of ${user} is signed`, 30_000, async () => {
    const { body } = await kube.request("GET", path);
    return asText(asRecord(asRecord(body)["status"])["certificate"]) || null;
  });
  return { clientCertificatePem: Buffer.from(certificate, "base64").toString("utf8"), clientKeyPem: keyPem };
}
