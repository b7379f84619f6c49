/** The six topics of Kordon, in the order in which pages show them. */
export const TOPICS = ["access", "namespaces", "network", "pods", "api-server", "patches"] as const;
export type Topic = (typeof TOPICS)[number];
