import { expect, it } from "vitest";
import { bindingsQuerySchema, subjectsQuerySchema } from "#lib/contracts/access.ts";
import { pathsQuerySchema } from "#lib/contracts/paths.ts";
import { makeDemoSnapshot } from "#lib/demo/index.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { analyzeAccess, type AccessAnalysis } from "./analyze-access.ts";
import { accessOverview } from "./questions/access-overview.ts";
import { listSubjects } from "./questions/list-subjects.ts";
import { listBindings } from "./questions/roles-and-bindings.ts";
import { subjectPaths } from "./questions/subject-paths.ts";
import { warmUp } from "./warm-up.ts";

function pagesOf(analysis: AccessAnalysis): unknown {
  const subjects = listSubjects(analysis, subjectsQuerySchema.parse({}));
  return [
    subjects,
    accessOverview(analysis),
    listBindings(analysis, bindingsQuerySchema.parse({})),
    subjects.items.map(({ id }) => subjectPaths(analysis, id, pathsQuerySchema.parse({}))),
  ];
}

it("changes no answer, however far it came", () => {
  const snapshot = makeDemoSnapshot("messy", { now: new Date("2026-11-28T08:00:00Z"), day: 0 });
  const expected = pagesOf(analyzeAccess(snapshot));
  for (const parts of [1, 2, 3, 10, Infinity]) {
    const analysis = analyzeAccess(snapshot);
    const warming = warmUp(analysis);
    for (let done = 0; done < parts && warming.next().done !== true;) done += 1;
    expect(pagesOf(analysis)).toEqual(expected);
  }
});

it("comes to its end where there is nothing", () => {
  expect([...warmUp(analyzeAccess(aSnapshot({})))].length).toBeGreaterThan(0);
});
