import type { EdgeFacts, EscalationEdge } from "../edge.ts";

const BOOTSTRAPPERS = "system:bootstrappers";

const CREATE = { verb: "create", apiGroup: "", resource: "secrets" } as const;

/** What such a Secret is called; the API server looks for no other. */
const TOKEN_NAME = /^bootstrap-token-[a-z0-9]{6}$/;

/** A Secret of type bootstrap.kubernetes.io/token in kube-system is a credential, in the groups that it names itself. */
export const bootstrapTokenCreate: EscalationEdge = {
  id: "BOOTSTRAP_TOKEN_CREATE",
  primitive: "R25",
  name: "create bootstrap tokens",
  scope: "namespace",
  onlyIn: ["kube-system"],
  implies: [],
  effort: 1,
  names: "all",
  // Limited to a name by server-side apply, which asks for both with the name; what is there already, it changes.
  needs: () => [[{ ...CREATE, names: "any" }], [CREATE, { ...CREATE, verb: "patch", names: "any" }]],
  applies: ({ names }, facts) => groupsOf(facts).length > 0 && (!names || names.some((name) => TOKEN_NAME.test(name))),
  gain: (_place, facts) => ({ type: "groups", names: groupsOf(facts) }),
  severity: () => "medium",
  sentence: () =>
    "can make itself a bootstrap token, with what is bound to bootstrap tokens: it may create secrets in kube-system",
  target: (_place, facts) => ({
    label: "Becomes",
    title: "a bootstrap token",
    detail: groupsOf(facts).join(", ") || "no group of them is bound",
  }),
  gives: "What is bound to the groups of bootstrap tokens: usually a certificate for any node.",
  precondition: "the API server accepts bootstrap tokens, as in clusters made by kubeadm",
  fix: "Remove create on secrets in kube-system, and bindings to bootstrap tokens once all nodes have joined.",
  technique: "T1136",
  source: "https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/",
};

/** The group of every such token, and those that a token may claim. */
function groupsOf({ rbac }: EdgeFacts): readonly string[] {
  return rbac.groups.filter((name) => name === BOOTSTRAPPERS || name.startsWith(`${BOOTSTRAPPERS}:`)).sort();
}
