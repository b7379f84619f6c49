import { pathsQuerySchema } from "../contracts/paths.ts";
import { formatSubject } from "../model/subject-name.ts";
import type { AccessAnalysis } from "./analyze-access.ts";
import { bindingSeverity } from "./binding-severity.ts";
import { accessOverview } from "./questions/access-overview.ts";
import { rowsOf } from "./questions/list-subjects.ts";
import { subjectDetail } from "./questions/subject-detail.ts";
import { subjectPaths } from "./questions/subject-paths.ts";

/** Subjects or bindings looked at between two pauses. */
const AT_ONCE = 100;

/**
 * Works out what is kept for all pages of an analysis, ahead of the first of them: the overview, the page of the subject with the most bindings, and the
 * risk of every subject and binding, which their lists sort by. Pauses again and again, so that questions can be answered in between.
 */
export function* warmUp(analysis: AccessAnalysis): Generator<undefined> {
  const { model, escalation } = analysis;
  accessOverview(analysis);
  yield;
  const largest = subjectWithMostBindings(analysis);
  if (largest !== null) {
    subjectDetail(analysis, largest);
    yield;
    subjectPaths(analysis, largest, pathsQuerySchema.parse({}));
    yield;
  }
  for (const id of model.subjects.keys()) {
    escalation.of(id);
    if (id % AT_ONCE === 0) yield;
  }
  rowsOf(analysis);
  yield;
  for (const [index, binding] of model.bindings.entries()) {
    bindingSeverity(analysis, binding);
    if (index % AT_ONCE === 0) yield;
  }
}

/** In the form of `formatSubject`; null when there is nobody. */
function subjectWithMostBindings({ model }: AccessAnalysis): string | null {
  let most = -1;
  let largest: string | null = null;
  for (const [id, subject] of model.subjects.entries()) {
    const bindings = model.bindingsOfSubject[id]?.length ?? 0;
    if (bindings <= most) continue;
    most = bindings;
    largest = formatSubject(subject);
  }
  return largest;
}
