import type { AccessOptions } from "../../contracts/access.ts";
import { compareText } from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";

const COMMON_VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
const SPECIAL_VERBS = ["bind", "escalate", "impersonate", "approve", "sign", "use"];

/** What the who-can form completes: namespaces, served resources with their verbs, and verbs. Never throws. */
export function accessOptions({ snapshot, catalog }: AccessAnalysis): AccessOptions {
  return {
    namespaces: snapshot.objects.namespaces.map(({ metadata }) => metadata.name).sort(compareText),
    resources: catalog.resources
      .map(({ group, resource, namespaced, verbs }) => ({ resource, group, namespaced, verbs: [...verbs] }))
      .sort((a, b) => compareText(a.resource, b.resource) || compareText(a.group, b.group)),
    verbs: [...COMMON_VERBS, ...SPECIAL_VERBS],
  };
}
