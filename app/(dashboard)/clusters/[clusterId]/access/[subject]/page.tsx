import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pathsQueryOf } from "#components/features/subject/paths/paths-query.ts";
import { SubjectView } from "#components/features/subject/subject-view.tsx";
import { subjectPathsQuery, subjectQuery } from "#lib/client/queries/access.ts";
import { makeQueryClient } from "#lib/client/query-client.ts";
import { subjectDetailSchema, subjectParamsSchema } from "#lib/contracts/access.ts";
import { pathsQuerySchema, subjectPathsSchema } from "#lib/contracts/paths.ts";
import { parseSubject } from "#lib/model/subject-name.ts";
import { currentActor } from "#lib/server/actor.ts";
import { serverContext } from "#lib/server/context.ts";
import { parseOrNotFound } from "#lib/server/parse.ts";
import { getSubject, getSubjectPaths } from "#lib/server/use-cases/access.ts";
import { seedQuery } from "../../../../seed-query.ts";

export const metadata: Metadata = { title: "Subject" };

type Props = {
  readonly params: Promise<{ readonly clusterId: string; readonly subject: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

export default async function SubjectPage({ params, searchParams }: Props) {
  const actor = currentActor();
  const segments = await params;
  const { clusterId, subject } = parseOrNotFound(subjectParamsSchema, {
    ...segments,
    subject: decodeSegment(segments.subject),
  });
  if (!parseSubject(subject)) notFound();
  const context = await serverContext();
  const client = makeQueryClient();
  const { to = "", more } = await searchParams;
  const paths = pathsQuerySchema.safeParse(typeof to === "string" ? pathsQueryOf(to, more === "true") : {});
  await Promise.all([
    seedQuery(
      client,
      subjectQuery(clusterId, subject).queryKey,
      subjectDetailSchema,
      getSubject(actor, context, clusterId, subject),
    ),
    paths.success &&
      seedQuery(
        client,
        subjectPathsQuery(clusterId, subject, paths.data).queryKey,
        subjectPathsSchema,
        getSubjectPaths(actor, context, clusterId, subject, paths.data),
      ),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SubjectView key={subject} clusterId={clusterId} subjectId={subject} />
    </HydrationBoundary>
  );
}

/** Next.js hands path segments over as they stand in the URL. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not a valid escape: no subject has such an address.
    return "";
  }
}
