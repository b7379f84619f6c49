import { accessGapView } from "../../analysis/completeness.ts";
import { describeRequest, questionNotes } from "../../analysis/questions/who-can-page.ts";
import { compileAccess, MASTERS, resourceCatalog, whoCan } from "../../engines/rbac/index.ts";
import { formatObject } from "../../model/object-ref.ts";
import { compareSubjects } from "../../model/subject-name.ts";
import { toVisibleText } from "../../model/visible-text.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { chooseFormat, toJson } from "../output.ts";
import { isManifestPath, readSource } from "../source.ts";
import { formatTable } from "../terminal.ts";
import { writtenRequest } from "./can-i.ts";

export const whoCanCommand: Command = {
  name: "who-can",
  summary: "everyone who may do that, with the bindings that allow it",
  help: `SOURCE VERB RESOURCE[.GROUP][/SUB] [NAME] [-n NAMESPACE]
  SOURCE VERB /PATH

Lists users, groups and service accounts; service accounts are counted with their fixed groups. Without -n the question is asked for all
namespaces, so role bindings of single namespaces do not count. Members of system:masters may always do everything.

Exit status: 0 somebody may, 1 nobody known may, 2 bad usage or input, 3 cluster not reachable.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      { ...SOURCE_OPTIONS, namespace: { type: "string", short: "n" } },
      "who-can",
    );
    const [verb, resource, name = ""] = positionals;
    if (verb === undefined || resource === undefined || positionals.length > 3)
      throw usageError("Give VERB RESOURCE [NAME], or VERB /PATH", "who-can");
    const format = chooseFormat(values.output, [], terminal);
    const snapshot = await readSource(values, terminal);
    const model = compileAccess(snapshot);
    const request = writtenRequest(snapshot, { verb, resource, name, namespace: values.namespace ?? "" });
    const result = whoCan(model, request);
    const subjects = [...result.subjects]
      .flatMap((id) => {
        const subject = model.subjects[id];
        return subject ? [{ subject, exists: model.exists[id] ?? false, grants: result.grantsOf(id) }] : [];
      })
      .sort((a, b) => compareSubjects(a.subject, b.subject));
    const unknown = result.gaps.map(accessGapView);
    const notes = questionNotes({ catalog: resourceCatalog(snapshot.apiResources), model }, request);
    if (format === "json") {
      await terminal.write(toJson({ subjects, unknown, superusers: [{ kind: "Group", name: MASTERS }], notes }));
    } else {
      const rows = subjects.flatMap(({ subject, exists, grants }) =>
        grants.map(({ binding, role, through }) => [
          subject.kind,
          subject.namespace ?? "",
          exists ? subject.name : `${subject.name} (does not exist)`,
          formatObject(binding),
          formatObject(role),
          through.kind === "Group" && subject.kind !== "Group" ? through.name : "",
        ]),
      );
      if (rows.length === 0)
        await terminal.write(
          `Nobody${unknown.length > 0 ? " known" : ""} may ${toVisibleText(describeRequest(request))}, except members of ${MASTERS}.\n`,
        );
      else await terminal.write(formatTable(["KIND", "NAMESPACE", "NAME", "BINDING", "ROLE", "THROUGH GROUP"], rows));
      for (const { sentence } of unknown) terminal.error(`not known: ${toVisibleText(sentence)}`);
      for (const note of notes) terminal.error(`note: ${toVisibleText(note)}`);
    }
    return subjects.length > 0 ? EXIT.good : EXIT.no;
  },
};
