import type { WhoCanPage, WhoCanQuery } from "../../contracts/access.ts";
import { knownAccountsOf, MASTERS, whoCan } from "../../engines/rbac/index.ts";
import { isResourceRequest, type AccessRequest } from "../../model/access.ts";
import { AppError } from "../../model/app-error.ts";
import { severityRank } from "../../model/severity.ts";
import { compareSubjects, formatSubject } from "../../model/subject-name.ts";
import { isSystemSubject, severityOf, type AccessAnalysis } from "../analyze-access.ts";
import { accessGapView } from "../completeness.ts";
import { countOf, listOf } from "../words.ts";
import { matchesSearch, pageOfList } from "./page.ts";

/** A question as people write it: `pods/exec`, `deployments.apps`, a URL path. */
export interface WrittenQuestion {
  readonly verb: string;
  readonly resource: string;
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
}

/**
 * Reads a written question. A bare resource takes the group the cluster serves it in; otherwise core.
 * @throws AppError `invalid_input` when the verb, or both resource and path, are missing.
 */
export function parseQuestion(analysis: Pick<AccessAnalysis, "catalog">, written: WrittenQuestion): AccessRequest {
  if (written.verb === "")
    throw new AppError("invalid_input", "The question has no verb", { position: { field: "verb" } });
  if (written.path !== "") return { verb: written.verb, path: written.path };
  if (written.resource === "")
    throw new AppError("invalid_input", "The question has neither a resource nor a path", {
      position: { field: "resource" },
    });
  const slash = written.resource.indexOf("/");
  const full = slash < 0 ? written.resource : written.resource.slice(0, slash);
  const dot = full.indexOf(".");
  const resource = dot < 0 ? full : full.slice(0, dot);
  return {
    verb: written.verb,
    apiGroup: dot < 0 ? (analysis.catalog.groupOf(resource) ?? "") : full.slice(dot + 1),
    resource,
    subresource: slash < 0 ? "" : written.resource.slice(slash + 1),
    namespace: written.namespace,
    name: written.name,
  };
}

/** `get secrets in payments`, `create deployments.apps/scale named web`, `get /metrics`. */
export function describeRequest(request: AccessRequest): string {
  if (!isResourceRequest(request)) return `${request.verb} ${request.path}`;
  const { verb, resource, subresource, apiGroup, name, namespace } = request;
  return (
    `${verb} ${resource}${apiGroup === "" || apiGroup === "*" ? "" : `.${apiGroup}`}${subresource === "" ? "" : `/${subresource}`}` +
    `${name === "" ? "" : ` named ${name}`}${namespace === "" ? "" : ` in ${namespace}`}`
  );
}

/**
 * Everyone who may make a request, riskiest first, one page with the grants that prove each.
 * @throws AppError `invalid_input` for an incomplete question.
 */
export function whoCanPage(analysis: AccessAnalysis, query: WhoCanQuery): WhoCanPage {
  const { model } = analysis;
  const request = parseQuestion(analysis, query);
  const result = whoCan(model, request);
  const rows = [...result.subjects].flatMap((id) => {
    const subject = model.subjects[id];
    return subject &&
      (model.exists[id] || subject.kind !== "ServiceAccount" || (model.bindingsOfSubject[id]?.length ?? 0) > 0)
      ? [{ id, subject, severity: severityOf(analysis, id) }]
      : [];
  });
  rows.sort(
    (a, b) =>
      (a.severity ? severityRank(a.severity) : 9) - (b.severity ? severityRank(b.severity) : 9) ||
      compareSubjects(a.subject, b.subject),
  );
  const found = rows.filter(({ subject }) => matchesSearch(query.search, [formatSubject(subject)]));
  const page = pageOfList(found, rows.length, query);
  return {
    ...page,
    items: page.items.map(({ id, subject, severity }) => ({
      id: formatSubject(subject),
      subject,
      severity,
      origin: isSystemSubject(analysis, id) ? "system" : "custom",
      exists: model.exists[id] ?? false,
      grants: [...result.grantsOf(id)],
      members: subject.kind === "Group" ? knownAccountsOf(model, subject.name) : null,
    })),
    sentence: answerSentence(
      rows.map(({ subject }) => subject.kind),
      describeRequest(request),
      result.gaps.length > 0,
    ),
    question: isResourceRequest(request)
      ? {
          verb: request.verb,
          group: request.apiGroup,
          resource: request.resource,
          subresource: request.subresource,
          name: request.name,
          namespace: request.namespace,
          path: "",
        }
      : { verb: request.verb, group: "", resource: "", subresource: "", name: "", namespace: "", path: request.path },
    notes: questionNotes(analysis, request),
    gaps: result.gaps.map(accessGapView),
    superusers: [{ kind: "Group", name: MASTERS }],
  };
}

function answerSentence(kinds: readonly string[], question: string, incomplete: boolean): string {
  const count = (kind: string) => kinds.filter((candidate) => candidate === kind).length;
  const parts = [
    [count("ServiceAccount"), "service account"],
    [count("Group"), "group"],
    [count("User"), "user"],
  ] as const;
  const who = listOf(parts.filter(([number]) => number > 0).map(([number, noun]) => countOf(number, noun)));
  if (who === "")
    return incomplete
      ? `Nobody known may ${question}, but not everything could be read`
      : `Nobody may ${question}, except members of ${MASTERS}`;
  return `${who} may ${question}${incomplete ? "; there may be more, not everything could be read" : ""}`;
}

/** Remarks on a question: what the cluster does not serve, or how the scope of the resource changes the meaning. */
export function questionNotes(
  { catalog, model }: Pick<AccessAnalysis, "catalog" | "model">,
  request: AccessRequest,
): string[] {
  if (!isResourceRequest(request) || !catalog.known || request.resource === "*") return [];
  const { apiGroup, resource, subresource, namespace } = request;
  const shown = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  const scope =
    catalog.namespaced(apiGroup, subresource === "" ? resource : `${resource}/${subresource}`) ??
    catalog.namespaced(apiGroup, resource);
  const notes: string[] = [];
  if (scope === undefined) notes.push(`This cluster does not serve ${shown}; rules are compared as they are written.`);
  if (scope === false && namespace !== "" && resource !== "namespaces")
    notes.push(`${shown} has no namespace: a role binding grants nothing on it, although it matches here.`);
  if (scope === true && namespace === "")
    notes.push("Asked for all namespaces: role bindings of single namespaces do not count.");
  if (request.name !== "" && (request.verb === "create" || request.verb === "deletecollection") && subresource === "") {
    notes.push(`A real ${request.verb} request carries no name.`);
  }
  if (model.gaps.clusterRoleBindings.everywhere)
    notes.push("Cluster role bindings could not be read: the list is a lower bound.");
  return notes;
}
