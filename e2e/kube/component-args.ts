import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Component } from "./assets.ts";

/** What a test may change about the API server. */
export interface ApiServerOptions {
  /** Behave as an older minor, for example `1.35`. */
  readonly emulatedVersion?: string;
  readonly extraApiServerArgs?: readonly string[];
}

/** Where one control plane keeps its files and listens. */
export interface Layout {
  readonly dir: string;
  readonly adminToken: string;
  readonly ports: Readonly<Record<"etcd" | "etcdPeer" | "api" | "controllers" | "scheduler" | "kwok", number>>;
}

export function etcdArgs({ ports, dir }: Layout): readonly string[] {
  const clients = `http://127.0.0.1:${String(ports.etcd)}`;
  const peers = `http://127.0.0.1:${String(ports.etcdPeer)}`;
  return [
    `--data-dir=${join(dir, "etcd")}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    "--unsafe-no-fsync",
  ];
}

export function apiServerArgs(
  { ports, dir }: Layout,
  options: ApiServerOptions,
  hasControllers: boolean,
): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${String(ports.etcd)}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${String(ports.api)}`,
    `--cert-dir=${join(dir, "serving")}`,
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-key-file=${join(dir, "sa.pub")}`,
    `--service-account-signing-key-file=${join(dir, "sa.key")}`,
    `--token-auth-file=${join(dir, "tokens.csv")}`,
    `--client-ca-file=${join(dir, "client-ca.crt")}`,
    "--authorization-mode=Node,RBAC",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--allow-privileged=true",
    // Nobody makes the default service accounts without the controllers, and no pod could be created.
    ...(hasControllers ? [] : ["--disable-admission-plugins=ServiceAccount"]),
    ...(options.emulatedVersion === undefined ? [] : [`--emulated-version=kube=${options.emulatedVersion}`]),
    ...(options.extraApiServerArgs ?? []),
  ];
}

/** Arguments of a part that talks to the API server; null for etcd and the server itself, which run already. */
export function followerArgs(
  component: Component,
  { ports, dir }: Layout,
  kubeconfig: string,
): readonly string[] | null {
  const common = [`--kubeconfig=${kubeconfig}`];
  const serving = ["--leader-elect=false", "--bind-address=127.0.0.1"];
  switch (component) {
    case "etcd":
    case "kube-apiserver":
      return null;
    case "kube-controller-manager":
      return [
        ...common,
        ...serving,
        `--secure-port=${String(ports.controllers)}`,
        `--cert-dir=${join(dir, "controllers")}`,
        `--service-account-private-key-file=${join(dir, "sa.key")}`,
        "--use-service-account-credentials=true",
        `--root-ca-file=${servingCertificatePath(dir)}`,
        `--cluster-signing-cert-file=${join(dir, "client-ca.crt")}`,
        `--cluster-signing-key-file=${join(dir, "client-ca.key")}`,
      ];
    case "kube-scheduler":
      return [
        ...common,
        ...serving,
        `--secure-port=${String(ports.scheduler)}`,
        `--cert-dir=${join(dir, "scheduler")}`,
      ];
    case "kwok":
      return [
        ...common,
        "--manage-all-nodes=true",
        "--cidr=10.244.0.0/16",
        "--node-ip=10.0.0.1",
        `--config=${fileURLToPath(new URL("./stages.yaml", import.meta.url))}`,
        `--server-address=127.0.0.1:${String(ports.kwok)}`,
      ];
  }
}

/** The server makes this certificate on its first start; the file ends with the authority that signed it. */
export const servingCertificatePath = (dir: string) => join(dir, "serving", "apiserver.crt");
