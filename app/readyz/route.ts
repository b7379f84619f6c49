import { serverContext } from "#lib/server/context.ts";

/** Ready: the store answers. */
export async function GET(): Promise<Response> {
  const { store } = await serverContext();
  await store.listActiveJobs();
  return new Response("ok\n", { headers: { "cache-control": "no-store" } });
}
