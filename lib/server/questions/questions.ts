import type { AccessAnalysis } from "../../analysis/analyze-access.ts";
import { accessOptions } from "../../analysis/questions/access-options.ts";
import { accessOverview } from "../../analysis/questions/access-overview.ts";
import { leastPrivilege } from "../../analysis/questions/least-privilege.ts";
import { listPermissions } from "../../analysis/questions/list-permissions.ts";
import { listSubjects } from "../../analysis/questions/list-subjects.ts";
import { bindingDetail, listBindings, listRoles, roleDetail } from "../../analysis/questions/roles-and-bindings.ts";
import { searchObjects } from "../../analysis/questions/search-objects.ts";
import { subjectDetail } from "../../analysis/questions/subject-detail.ts";
import { pathReviews, subjectPaths } from "../../analysis/questions/subject-paths.ts";
import { whoCanPage } from "../../analysis/questions/who-can-page.ts";
import { whatIfInCluster } from "./what-if-in-cluster.ts";

/** Every question that is answered from a compiled snapshot, by name. Arguments and answers are plain data: they cross threads. */
export const QUESTIONS = {
  accessOptions,
  accessOverview,
  bindingDetail,
  leastPrivilege,
  listBindings,
  listPermissions,
  listRoles,
  listSubjects,
  pathReviews,
  roleDetail,
  searchObjects,
  subjectDetail,
  subjectPaths,
  whatIf: whatIfInCluster,
  whoCanPage,
} satisfies Record<string, (analysis: AccessAnalysis, ...args: never[]) => unknown>;

export type QuestionName = keyof typeof QUESTIONS;

/** Arguments of a question after the analysis. */
export type QuestionArguments<N extends QuestionName> = (typeof QUESTIONS)[N] extends (
  analysis: AccessAnalysis,
  ...args: infer A
) => unknown
  ? A
  : never;
export type QuestionAnswer<N extends QuestionName> = ReturnType<(typeof QUESTIONS)[N]>;
