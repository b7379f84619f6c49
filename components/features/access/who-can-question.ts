import type { AccessOptions, WhoCanQuery } from "#lib/contracts/access.ts";

type Question = Pick<WhoCanQuery, "verb" | "resource" | "namespace" | "name" | "path">;

/** What stands in the blanks as a question: a resource that starts with a slash is a URL path, which has no namespace or name. */
export function asQuestion({ verb, resource, namespace, name, path }: Question): Question {
  const url = path.trim() !== "" ? path.trim() : resource.trim().startsWith("/") ? resource.trim() : "";
  if (url !== "") return { verb: verb.trim(), resource: "", namespace: "", name: "", path: url };
  return { verb: verb.trim(), resource: resource.trim(), namespace: namespace.trim(), name: name.trim(), path: "" };
}

/** The resources as the question writes them: `pods`, `pods/exec`, `deployments.apps`, `deployments.apps/scale`. */
export function resourceNames(options: AccessOptions): readonly string[] {
  return options.resources.map(({ resource, group }) => {
    if (group === "") return resource;
    const [plain = "", ...sub] = resource.split("/");
    return [`${plain}.${group}`, ...sub].join("/");
  });
}
