import type { ObjectMetadata } from "../../../model/metadata.ts";
import { labelValue } from "../../../model/labels.ts";

/** Whether the API server makes an object again, and what it gives, at its next start. */
export function isRestored(object: { readonly metadata: Pick<ObjectMetadata, "labels"> } | undefined): boolean {
  return object !== undefined && labelValue(object.metadata.labels, "kubernetes.io/bootstrapping") === "rbac-defaults";
}
