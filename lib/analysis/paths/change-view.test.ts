import { describe, expect, it } from "vitest";
import { aBinding, aClusterRole, anAccount, aRole, aRule, aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { compileAccess } from "../../engines/rbac/index.ts";
import { changeView as viewOf } from "./change-view.ts";

const model = compileAccess(
  aSnapshot({
    clusterRoles: [
      aClusterRole("wide", [
        aRule({ verbs: ["get", "list"], resources: ["secrets"] }),
        aRule({ verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["web"] }),
        aRule({ verbs: ["get"], apiGroups: [], resources: [], nonResourceURLs: ["/metrics"] }),
      ]),
    ],
    roles: [aRole("shop", "odd; name")],
    clusterRoleBindings: [aBinding({ name: "team:wide", role: "wide", subjects: [aUser("a"), aUser("b")] })],
    roleBindings: [
      aBinding({ namespace: "shop", name: "it's; rm -rf /", role: "wide", subjects: [anAccount("shop", "web")] }),
    ],
  }),
);

const changeView = (change: Parameters<typeof viewOf>[0], of: typeof model) =>
  viewOf(change, of, { pods: [], workloads: [] });

describe("changeView", () => {
  it("removes a binding by a command, and says what goes with it", () => {
    expect(changeView({ type: "binding", binding: 0 }, model)).toEqual({
      type: "binding",
      object: { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding", name: "team:wide" },
      ruleIndex: null,
      title: "Remove the ClusterRoleBinding team:wide",
      how: { language: "shell", text: "kubectl delete clusterrolebinding team:wide" },
      note: null,
      takesAway: {
        rules: ["get and list of secrets", "patch of deployments.apps named web", "get of URL /metrics"],
        ruleCount: 3,
        subjects: 2,
      },
    });
  });

  it("deletes a token Secret by its name", () => {
    expect(changeView({ type: "token-secret", namespace: "ops", secret: "forever" }, model)).toMatchObject({
      title: "Delete the token Secret ops/forever",
      how: { language: "shell", text: "kubectl delete secret forever -n ops" },
    });
  });

  it("quotes names for the shell, whatever they hold", () => {
    expect(changeView({ type: "binding", binding: 1 }, model).how.text).toBe(
      "kubectl delete rolebinding 'it'\\''s; rm -rf /' -n shop",
    );
    const flag = changeView({ type: "token-secret", namespace: "--all-namespaces", secret: "$(x)" }, model);
    expect(flag.how.text).toBe("kubectl delete secret '$(x)' -n '--all-namespaces'");
  });

  it("removes a rule by the role that is left, with everybody who holds it", () => {
    const view = changeView({ type: "rule", role: 0, rule: 0 }, model);
    expect(view).toMatchObject({
      title: "Remove a rule of the ClusterRole wide: get and list of secrets",
      how: { language: "yaml" },
      takesAway: { rules: ["get and list of secrets"], ruleCount: 1, subjects: 3 },
    });
    expect(view.how.text).toContain("name: wide");
    expect(view.how.text).not.toContain("secrets");
    expect(view.how.text).toContain("deployments");
    expect(view.how.text).not.toContain("nonResourceURLs: []");
  });

  it.each([
    {
      change: { type: "automount", namespace: "shop", account: "web" } as const,
      text: `kubectl patch serviceaccount web -n shop -p '{"automountServiceAccountToken":false}'`,
    },
    {
      change: { type: "pod-security", namespace: "shop", level: "baseline" } as const,
      text: "kubectl label namespace shop pod-security.kubernetes.io/enforce=baseline --overwrite",
    },
    {
      change: { type: "host-access", namespace: "shop", pod: "web-0" } as const,
      text: "kubectl get pod web-0 -n shop -o yaml",
    },
    {
      change: { type: "cloud-annotation", namespace: "shop", account: "web" } as const,
      text: "kubectl edit serviceaccount web -n shop",
    },
  ])("changes the setting $change.type and takes nothing else away", ({ change, text }) => {
    expect(changeView(change, model)).toMatchObject({ how: { language: "shell", text }, takesAway: { subjects: 0 } });
  });
});
