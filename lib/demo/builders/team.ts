import type { ClusterDraft } from "../draft.ts";
import type { NodePool } from "./nodes.ts";
import type { PodProfile } from "./pod-spec.ts";
import type { App } from "./workloads.ts";
import { choiceOf, numberOf } from "../random.ts";
import { account, addRole, addServiceAccount, allow, bind, role } from "./rbac.ts";
import { addApp } from "./workloads.ts";

/** Parts that the services of an invented company consist of. */
export const SERVICE_NAMES = [
  "api",
  "worker",
  "frontend",
  "gateway",
  "scheduler",
  "cache",
  "importer",
  "exporter",
  "indexer",
  "notifier",
  "sync",
  "reports",
  "ledger",
  "events",
  "mailer",
  "proxy",
] as const;

const PORTS = [8080, 8443, 3000, 9000, 5000] as const;

/** One service of a team with a service account of its own. */
export interface ServiceFacts {
  readonly namespace: string;
  readonly name: string;
  readonly profile: PodProfile;
  readonly registry: string;
  readonly replicas: number;
  readonly automount?: boolean;
  /** Days between two rollouts. */
  readonly period: number;
  readonly kind?: "Deployment" | "StatefulSet" | "CronJob";
}

/** Adds the service account and the application that runs as it. The image's version rises with every rollout. */
export function addTeamService(draft: ClusterDraft, nodes: NodePool, facts: ServiceFacts): App {
  const { namespace, name, profile, replicas, kind = "Deployment" } = facts;
  const key = `${namespace}/${name}`;
  addServiceAccount(draft, namespace, name, facts.automount === undefined ? {} : { automount: facts.automount });
  const rolledOn = draft.calendar.lastChange(key, facts.period);
  const build = 100 + numberOf(key, 300) + Math.floor((rolledOn + 40) / facts.period);
  return addApp(draft, nodes, {
    kind,
    namespace,
    name,
    profile,
    replicas,
    account: name,
    port: choiceOf(key, PORTS),
    image: `${facts.registry}/${namespace}/${name}:1.${build}.0`,
    rolledOn,
    container: {
      environment: [
        { name: "LOG_LEVEL", source: "literal" },
        { name: "DATABASE_URL", source: { kind: "Secret", name: `${name}-database`, key: "url" } },
      ],
    },
  });
}

/** Lets the service read its own configuration and nothing else. */
export function addOwnConfigRole(draft: ClusterDraft, namespace: string, name: string): void {
  addRole(draft, namespace, `${name}-config`, [allow("get,watch", "", "configmaps", [`${name}-config`])]);
  bind(draft, namespace, `${name}-config`, role(`${name}-config`), [account(namespace, name)]);
}
