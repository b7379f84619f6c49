import type { SeenRequest } from "../../contracts/least-privilege.ts";
import { isResourceRequest } from "../../model/access.ts";
import type { UsedRequest } from "../../model/used-request.ts";

/** `get pods/log in shop named web-0`, `list nodes`, `get /metrics`. */
export function requestWords({ request, manyNames }: Pick<UsedRequest, "request" | "manyNames">): string {
  if (!isResourceRequest(request)) return `${request.verb} ${request.path}`;
  const { verb, apiGroup, resource, subresource, namespace, name } = request;
  const grouped = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  const what = subresource === "" ? grouped : `${grouped}/${subresource}`;
  const where = namespace === "" ? "" : ` in ${namespace}`;
  return `${verb} ${what}${where}${manyNames ? " of many names" : name === "" ? "" : ` named ${name}`}`;
}

/** A request of the log with how often it came. */
export function seenRequest(used: UsedRequest): SeenRequest {
  return { text: requestWords(used), count: used.allowed + used.refused + used.unknown, lastAt: used.lastAt };
}
