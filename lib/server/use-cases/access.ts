import type {
  AccessOptions,
  BindingDetail,
  BindingsQuery,
  PermissionsQuery,
  RoleDetail,
  RolesQuery,
  SearchResult,
  SubjectDetail,
  SubjectsPage,
  SubjectsQuery,
  WhoCanPage,
  WhoCanQuery,
} from "../../contracts/access.ts";
import type { AccessOverview } from "../../contracts/access-overview.ts";
import type { LeastPrivilege, LeastPrivilegeBody } from "../../contracts/least-privilege.ts";
import type { PathsQuery, SubjectPaths } from "../../contracts/paths.ts";
import type { Actor } from "../actor.ts";
import type { ServerContext } from "../context.ts";
import { whyNotLive } from "./check-path.ts";
import { latestScanId } from "./latest-scan.ts";

export async function getAccessOverview(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
): Promise<AccessOverview> {
  return context.questions.ask(await latestScanId(context, clusterId), "accessOverview");
}

export async function listSubjects(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  query: SubjectsQuery,
): Promise<SubjectsPage> {
  return context.questions.ask(await latestScanId(context, clusterId), "listSubjects", query);
}

export async function getSubject(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  subject: string,
): Promise<SubjectDetail> {
  return context.questions.ask(await latestScanId(context, clusterId), "subjectDetail", subject);
}

export async function listPermissions(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  subject: string,
  query: PermissionsQuery,
) {
  return context.questions.ask(await latestScanId(context, clusterId), "listPermissions", subject, query);
}

export async function getLeastPrivilege(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  subject: string,
  body: LeastPrivilegeBody,
): Promise<LeastPrivilege> {
  return context.questions.ask(await latestScanId(context, clusterId), "leastPrivilege", subject, body);
}

export async function getSubjectPaths(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  subject: string,
  query: PathsQuery,
): Promise<SubjectPaths> {
  const scanId = await latestScanId(context, clusterId);
  const [answer, cluster] = await Promise.all([
    context.questions.ask(scanId, "subjectPaths", subject, query),
    context.store.getCluster(clusterId),
  ]);
  return { ...answer, liveCheck: { scanId, impossible: whyNotLive(cluster) } };
}

export async function askWhoCan(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  query: WhoCanQuery,
): Promise<WhoCanPage> {
  return context.questions.ask(await latestScanId(context, clusterId), "whoCanPage", query);
}

export async function getAccessOptions(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
): Promise<AccessOptions> {
  return context.questions.ask(await latestScanId(context, clusterId), "accessOptions");
}

export async function listRoles(_actor: Actor, context: ServerContext, clusterId: string, query: RolesQuery) {
  return context.questions.ask(await latestScanId(context, clusterId), "listRoles", query);
}

export async function getRole(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  query: { kind: string; namespace: string; name: string },
): Promise<RoleDetail> {
  return context.questions.ask(await latestScanId(context, clusterId), "roleDetail", query);
}

export async function listBindings(_actor: Actor, context: ServerContext, clusterId: string, query: BindingsQuery) {
  return context.questions.ask(await latestScanId(context, clusterId), "listBindings", query);
}

export async function getBinding(
  _actor: Actor,
  context: ServerContext,
  clusterId: string,
  query: { kind: string; namespace: string; name: string },
): Promise<BindingDetail> {
  return context.questions.ask(await latestScanId(context, clusterId), "bindingDetail", query);
}

/** Objects and a question's answer for the palette: in one cluster, or objects in every scanned cluster. */
export async function searchEverywhere(
  _actor: Actor,
  context: ServerContext,
  text: string,
  clusterId: string,
): Promise<SearchResult> {
  const clusters = await context.store.listClusters();
  const wanted = clusterId === "" ? clusters : clusters.filter(({ id }) => id === clusterId);
  const found = await Promise.all(
    wanted.map(async ({ id, name }) => {
      const scan = await context.store.findLatestScan(id, "complete");
      if (!scan) return { question: null, objects: [] };
      const { question, objects } = await context.questions.ask(scan.id, "searchObjects", text);
      const base = `/clusters/${id}`;
      return {
        question: question && { sentence: question.sentence, answer: question.answer, href: base + question.path },
        objects: objects.map(({ path, ...object }) => ({
          ...object,
          clusterId: id,
          clusterName: name,
          href: base + path,
        })),
      };
    }),
  );
  return {
    question: clusterId === "" ? null : (found[0]?.question ?? null),
    objects: found.flatMap(({ objects }) => objects).slice(0, 20),
  };
}
