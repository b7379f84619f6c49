import type { EscalationEdge } from "./edge.ts";
import { bindClusterRole } from "./edges/bind-cluster-role.ts";
import { bindClusterRoleInNamespace } from "./edges/bind-cluster-role-in-namespace.ts";
import { clusterAdmin } from "./edges/cluster-admin.ts";
import { impersonateServiceAccount } from "./edges/impersonate-service-account.ts";
import { impersonateUser } from "./edges/impersonate-user.ts";
import { namespaceAdmin } from "./edges/namespace-admin.ts";
import { nodeProxy } from "./edges/node-proxy.ts";
import { podCreate } from "./edges/pod-create.ts";
import { podExec } from "./edges/pod-exec.ts";
import { secretsList } from "./edges/secrets-list.ts";

/** Every escalation edge, by number of its primitive. Adding one means one file and one line here. */
export const ESCALATION_EDGES: readonly EscalationEdge[] = [
  clusterAdmin,
  namespaceAdmin,
  bindClusterRole,
  bindClusterRoleInNamespace,
  impersonateUser,
  impersonateServiceAccount,
  secretsList,
  podCreate,
  podExec,
  nodeProxy,
];
