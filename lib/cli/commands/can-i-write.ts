import { accessGapView } from "../../analysis/completeness.ts";
import { flattenDocument } from "../../collector/manifests/flatten.ts";
import { parseDocuments } from "../../collector/manifests/parse-documents.ts";
import { readInputs } from "../../collector/manifests/read-inputs.ts";
import {
  parseWrittenObject,
  WRITTEN_KINDS,
  type WriteDecision,
  type WriteOperation,
  type WrittenObject,
} from "../../engines/rbac/index.ts";
import { AppError, type InputPosition } from "../../model/app-error.ts";
import { formatObject } from "../../model/object-ref.ts";
import type { PolicyRule } from "../../model/rbac.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { formatTable, type Terminal } from "../terminal.ts";

/** The operation a verb names, or null. */
export function toOperation(verb: string): WriteOperation | null {
  return verb === "create" || verb === "update" ? verb : null;
}

/**
 * Roles and bindings of a file or directory, or of standard input; lists are taken apart.
 * @throws AppError `invalid_input` with file and position for text that does not parse, another kind, or no object at all.
 */
export async function readWrittenObjects(
  file: string,
  namespace: string | undefined,
  terminal: Terminal,
): Promise<readonly WrittenObject[]> {
  const objects: WrittenObject[] = [];
  for await (const text of readInputs([file === "-" ? { stdin: terminal.stdin } : { path: file }])) {
    for (const [index, document] of parseDocuments(text).entries()) {
      for (const { apiVersion, kind, object } of flattenDocument(document)) {
        const position = { file: text.name, field: `document ${index + 1}` };
        objects.push(toWrittenObject({ ...object, apiVersion, kind }, namespace, position));
      }
    }
  }
  if (objects.length === 0)
    throw new AppError("invalid_input", "There is no object in the input", { position: { file } });
  return objects;
}

/** @throws AppError `invalid_input` at the given place for anything but a role or binding that an API server can decode. */
export function toWrittenObject(value: unknown, namespace: string | undefined, position: InputPosition): WrittenObject {
  const parsed = parseWrittenObject(value, namespace);
  if ("object" in parsed) return parsed.object;
  const field = [position.field, parsed.field].filter((part) => part !== undefined && part !== "").join(": ");
  throw new AppError("invalid_input", PROBLEMS[parsed.problem], { position: { ...position, field } });
}

const PROBLEMS = {
  "unknown-kind": `Not a ${WRITTEN_KINDS.join(", ")} of rbac.authorization.k8s.io/v1`,
  "wrong-type": "The value has another type than the API server reads",
  namespace: "The object lies in another namespace than the request",
} as const;

/** The JSON form of an answer about one object. */
export function writeAnswerOf(written: WrittenObject, decision: WriteDecision): object {
  const answer = { decision: decision.verdict, reason: decision.reason, object: identityOf(written) };
  if (decision.verdict === "unknown") return { ...answer, gaps: decision.gaps.map(accessGapView) };
  if (decision.verdict === "allowed") {
    const { authorized, explicit } = decision;
    const proof = "grant" in authorized ? { grant: authorized.grant } : { builtin: authorized.builtin };
    return { ...answer, ...proof, ...(explicit ? { explicit } : {}) };
  }
  const { verdict, reason, ...details } = decision;
  return { ...answer, ...details };
}

function identityOf({ kind, metadata }: WrittenObject) {
  const { namespace, name, generateName } = metadata;
  return { kind, ...(namespace === "" ? {} : { namespace }), name: name || generateName };
}

/** One line with the reason, then the rules that are missing or the fields that are wrong. */
export function formatWrite(written: WrittenObject, decision: WriteDecision): string {
  const subject = toVisibleText(formatObject(identityOf(written)));
  const answer = { allowed: "yes", denied: "no", unknown: "unknown" }[decision.verdict];
  const line = `${subject}: ${answer}, ${sentenceOf(decision)}\n`;
  if (decision.verdict === "unknown")
    return line + decision.gaps.map((gap) => `  ${toVisibleText(accessGapView(gap).sentence)}\n`).join("");
  if (decision.verdict === "allowed") return line;
  if ("missing" in decision)
    return line + formatTable(["VERBS", "API GROUPS", "RESOURCES", "NAMES"], decision.missing.map(rowOf));
  if ("invalid" in decision)
    return line + decision.invalid.map(({ field, problem }) => `  ${toVisibleText(`${field}: ${problem}`)}\n`).join("");
  return line;
}

function rowOf({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): readonly string[] {
  const groups = apiGroups.map((group) => (group === "" ? "core" : group));
  return [verbs, groups, [...resources, ...nonResourceURLs], resourceNames].map((list) => list.join(","));
}

function sentenceOf(decision: WriteDecision): string {
  switch (decision.reason) {
    case "superuser":
      return "as a member of system:masters";
    case "escalate":
    case "bind":
      return `with the right to ${decision.reason}`;
    case "rights-held":
      return "the user holds every right that it gives";
    case "ownership-only":
      return "only owner references or finalizers change";
    case "not-authorized": {
      const { verb, resource, name } = decision.request;
      return toVisibleText(`the user may not ${verb} ${resource}${name === "" ? "" : ` ${name}`}`);
    }
    case "rights-not-held":
      return "it gives rights that the user does not hold:";
    case "aggregation":
      return "an aggregated role needs all rights, and the user lacks:";
    case "role-missing":
      return toVisibleText(`${decision.role.kind} ${decision.role.name} does not exist`);
    case "role-reference":
      return "the role of a binding can never change";
    case "invalid":
      return "the API server does not take the object:";
    case "exists":
      return "the name is taken";
    case "conflict":
      return "its uid is that of another object";
    case "gaps":
      return "not everything that matters could be read:";
    case "annotations":
      return "the user may change owner references and finalizers only, and not all of the metadata is known";
  }
}
