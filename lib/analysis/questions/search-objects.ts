import { compareText, formatSubject } from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";
import { rowsOf } from "./list-subjects.ts";
import { matchesSearch } from "./page.ts";
import { describeRequest, parseQuestion, whoCanPage } from "./who-can-page.ts";

export interface FoundObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Path below the cluster's pages. */
  readonly path: string;
}

export interface FoundAnswer {
  readonly sentence: string;
  readonly path: string;
  readonly answer: string;
}

const MAX_OBJECTS = 12;
/** `who can VERB RESOURCE [NAME] [in NAMESPACE]`, with some freedom in words. Linear in the text: no nested repetition. */
const QUESTION = /^who (?:can|may) (\S+) (\S+)(?: (?!in )(\S+))?(?: in (?:namespace )?(\S+))?$/i;
const READ = new Map([
  ["read", "get"],
  ["see", "get"],
  ["write", "update"],
  ["change", "update"],
  ["remove", "delete"],
  ["exec", "create"],
  ["run", "create"],
]);

/** Objects whose name holds the words, riskiest subjects first, and the answer when the text is a question that is understood. */
export function searchObjects(
  analysis: AccessAnalysis,
  text: string,
): { readonly objects: readonly FoundObject[]; readonly question: FoundAnswer | null } {
  return { objects: matchingObjects(analysis, text), question: answerQuestion(analysis, text.trim()) };
}

function matchingObjects(analysis: AccessAnalysis, text: string): readonly FoundObject[] {
  if (text.trim() === "") return [];
  const subjects = rowsOf(analysis)
    .filter(({ subject }) => matchesSearch(text, [formatSubject(subject)]))
    .map(({ subject, id }) => ({
      kind: subject.kind,
      ...(subject.namespace === undefined ? {} : { namespace: subject.namespace }),
      name: subject.name,
      path: `/access/${encodeURIComponent(id)}`,
    }));
  const others = [
    ...analysis.model.roles.map(({ ref }) => ({ ref, tab: "roles" })),
    ...analysis.model.bindings.map(({ ref }) => ({ ref, tab: "bindings" })),
  ]
    .filter(({ ref }) => matchesSearch(text, [ref.name, ref.namespace ?? ""]))
    .sort((a, b) => compareText(a.ref.name, b.ref.name))
    .map(({ ref, tab }) => ({
      kind: ref.kind,
      ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }),
      name: ref.name,
      path: `/access?tab=${tab}&search=${encodeURIComponent(ref.name)}`,
    }));
  return [...subjects.slice(0, MAX_OBJECTS), ...others.slice(0, Math.max(4, MAX_OBJECTS - subjects.length))].slice(
    0,
    MAX_OBJECTS,
  );
}

function answerQuestion(analysis: AccessAnalysis, text: string): FoundAnswer | null {
  const match = QUESTION.exec(text.endsWith("?") ? text.slice(0, -1).trimEnd() : text);
  if (!match) return null;
  const [, verb = "", resource = "", name = "", namespace = ""] = match;
  const written = {
    verb: READ.get(verb.toLowerCase()) ?? verb,
    resource: verb.toLowerCase() === "exec" ? "pods/exec" : resource,
    name,
    namespace,
    path: "",
  };
  const page = whoCanPage(analysis, { ...written, search: "", page: 1, pageSize: 1 });
  const query = new URLSearchParams({ tab: "who-can", verb: written.verb, resource: written.resource });
  if (name !== "") query.set("name", name);
  if (namespace !== "") query.set("namespace", namespace);
  return {
    sentence: `Who can ${describeRequest(parseQuestion(analysis, written))}?`,
    path: `/access?${query.toString()}`,
    answer: page.sentence,
  };
}
