import type { Topic } from "#lib/model/topics.ts";

const LABELS: Readonly<Record<Topic, string>> = {
  access: "Access",
  namespaces: "Namespaces",
  network: "Network",
  pods: "Pods",
  "api-server": "API server",
  patches: "Patches",
};

/** The name of a topic on pages. */
export function topicLabel(topic: Topic): string {
  return LABELS[topic];
}
