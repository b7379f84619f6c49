import type { EscalationEdge } from "../edge.ts";

/** Profiles of the API server and log files of its host. Only cluster-wide bindings give URLs; `/metrics` says too little to count. */
const PATHS = ["/debug/pprof/heap", "/debug/pprof/profile", "/logs/", "/logs/kube-apiserver.log"];

export const debugUrls: EscalationEdge = {
  id: "DEBUG_URLS",
  primitive: "R04",
  name: "profiles and logs",
  scope: "cluster",
  implies: [],
  effort: 1,
  needs: () => [PATHS.map((path) => ({ verb: "get", path, apiGroup: "", resource: "" }))],
  gain: () => ({ type: "none" }),
  severity: () => "low",
  sentence: () => "may profile the API server or read log files of its host",
  target: () => ({ label: "Reads", title: "profiles and logs", detail: "of the API server" }),
  gives:
    "Profiles of the API server, which slow it down while they are taken, and log files of its host where it serves them.",
  precondition: "the API server has profiling or its logs handler switched on",
  fix: "List the URLs that are needed, such as /healthz and /metrics, instead of * or /debug/*.",
  technique: "T1082",
  source: "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/",
};
