import type { ControlPlane } from "./control-plane.ts";
import { asItems, asRecord, asText } from "./json.ts";
import type { JsonRecord } from "./json.ts";

const API = "rbac.authorization.k8s.io/v1";
const FOR_EVERYBODY: ReadonlySet<string> = new Set([
  "system:basic-user",
  "system:discovery",
  "system:public-info-viewer",
]);

/**
 * Roles and bindings as the server keeps them, without the bookkeeping of field managers and without those of the control plane
 * itself, which give no test user anything.
 */
export async function listStoredRbac(kube: ControlPlane): Promise<readonly JsonRecord[]> {
  const lists = ["ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding"].map(async (kind) => {
    const { body } = await kube.request("GET", `/apis/${API}/${kind.toLowerCase()}s`);
    return asItems(asRecord(body)["items"]).flatMap((item) => {
      const { managedFields, ...metadata } = asRecord(item["metadata"]);
      const name = asText(metadata["name"]);
      if (name.startsWith("system:") && !FOR_EVERYBODY.has(name)) return [];
      return [{ ...item, apiVersion: API, kind, metadata }];
    });
  });
  return (await Promise.all(lists)).flat();
}
