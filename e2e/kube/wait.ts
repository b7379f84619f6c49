import { setTimeout as delay } from "node:timers/promises";
import type { ControlPlane } from "./control-plane.ts";
import { asItems, asRecord, asText } from "./json.ts";
import type { JsonRecord } from "./json.ts";

/** The roles that Kubernetes itself puts together from others; empty until the controller manager has run. */
const AGGREGATED_ROLES: readonly string[] = ["admin", "edit", "view"];

/**
 * Reads again and again until `read` answers something other than null.
 * @throws Error that names `what` after `timeoutMs`.
 */
export async function waitFor<T>(what: string, timeoutMs: number, read: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    if (Date.now() > deadline) throw new Error(`${what}: not so after ${String(timeoutMs / 1000)} s`);
    await delay(250);
  }
}

/** Waits until the aggregated ClusterRoles are filled; about 6 s after the start, and never without a controller manager. */
export async function waitForAggregatedRoles(kube: ControlPlane, timeoutMs = 60_000): Promise<void> {
  let previous = "";
  await waitFor("aggregated ClusterRoles are filled", timeoutMs, async () => {
    const counts = await Promise.all(AGGREGATED_ROLES.map((name) => countRules(kube, name)));
    const current = counts.join();
    // The controller fills them in several writes: done is when all have rules and a second look sees the same.
    const settled = counts.every((count) => count > 0) && current === previous;
    previous = current;
    if (!settled) await delay(1_000);
    return settled ? true : null;
  });
}

async function countRules(kube: ControlPlane, role: string): Promise<number> {
  const { body } = await kube.request("GET", `/apis/rbac.authorization.k8s.io/v1/clusterroles/${role}`);
  return asItems(asRecord(body)["rules"]).length;
}

const NO_PROGRESS_MS = 20_000;
const WORKLOAD_PATHS: readonly string[] = [
  "/apis/apps/v1/deployments",
  "/apis/apps/v1/statefulsets",
  "/apis/apps/v1/daemonsets",
  "/apis/apps/v1/replicasets",
  "/apis/batch/v1/jobs",
];

/** What a cluster's pods came to. `waiting` names workloads and pods that are not there yet, with the reason. */
export interface PodProgress {
  readonly settled: boolean;
  readonly running: number;
  readonly finished: number;
  readonly waiting: readonly string[];
}

/**
 * Waits until every workload has its pods and every pod runs or has finished. Needs the controller manager, the scheduler
 * and kwok. Some pods never run (no volume for them, for instance): when nothing has changed for 20 s, or the time runs out,
 * that is an answer (`settled: false`), not an error.
 */
export async function waitForPodsRunning(kube: ControlPlane, timeoutMs = 120_000): Promise<PodProgress> {
  const deadline = Date.now() + timeoutMs;
  let seen = "";
  let seenSince = Date.now();
  for (;;) {
    const progress = await readPodProgress(kube);
    const current = JSON.stringify(progress);
    if (current !== seen) seenSince = Date.now();
    seen = current;
    const stuck = Date.now() - seenSince > NO_PROGRESS_MS;
    if (progress.settled || stuck || Date.now() > deadline) return progress;
    await delay(500);
  }
}

async function readPodProgress(kube: ControlPlane): Promise<PodProgress> {
  const lists = await Promise.all(WORKLOAD_PATHS.map((path) => kube.request("GET", path)));
  const workloads = lists.flatMap(({ body }) =>
    asItems(asRecord(body)["items"]).map((item) => describeUnfinished(asText(asRecord(body)["kind"]), item)),
  );
  const { body } = await kube.request("GET", "/api/v1/pods");
  const pods = asItems(asRecord(body)["items"]);
  const waiting = [
    ...workloads.filter((text) => text !== null),
    ...pods.map(describeWaitingPod).filter((t) => t !== null),
  ];
  const inPhase = (...phases: readonly string[]) =>
    pods.filter((pod) => phases.includes(asText(asRecord(pod["status"])["phase"]))).length;
  return {
    settled: waiting.length === 0,
    running: inPhase("Running"),
    finished: inPhase("Succeeded", "Failed"),
    waiting,
  };
}

/** @returns null when the workload's controller has seen it and has what it wants. */
function describeUnfinished(listKind: string, item: JsonRecord): string | null {
  const { metadata, spec, status } = {
    metadata: asRecord(item["metadata"]),
    spec: asRecord(item["spec"]),
    status: asRecord(item["status"]),
  };
  const kind = listKind.replace(/List$/, "");
  const label = `${kind} ${asText(metadata["namespace"])}/${asText(metadata["name"])}`;
  const number = (value: unknown) => (typeof value === "number" ? value : 0);
  if (kind === "Job") {
    const done = number(status["succeeded"]) + number(status["failed"]) + number(status["active"]);
    return done > 0 || spec["suspend"] === true || spec["parallelism"] === 0 ? null : `${label}: no pod yet`;
  }
  if (number(status["observedGeneration"]) < number(metadata["generation"]))
    return `${label}: not seen by its controller`;
  const [wanted, ready] =
    kind === "DaemonSet"
      ? [number(status["desiredNumberScheduled"]), number(status["numberReady"])]
      : [number(spec["replicas"]), number(status["readyReplicas"])];
  return ready >= wanted ? null : `${label}: ${String(ready)} of ${String(wanted)} ready`;
}

function describeWaitingPod(pod: JsonRecord): string | null {
  const metadata = asRecord(pod["metadata"]);
  const status = asRecord(pod["status"]);
  if (asText(status["phase"]) !== "Pending") return null;
  const reason = asItems(status["conditions"]).find((condition) => condition["status"] === "False")?.["message"];
  return `Pod ${asText(metadata["namespace"])}/${asText(metadata["name"])}: ${asText(reason) || "Pending"}`;
}
