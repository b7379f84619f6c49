import { describe, expect, it } from "vitest";
import { anOwner, aPod, aWorkload } from "#lib/testing/build-pods.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { withoutToken } from "./token-mount-edit.ts";

const ACCOUNT = { namespace: "shop", account: "web" };
const OF_ACCOUNT = `kubectl patch serviceaccount web -n shop -p '{"automountServiceAccountToken":false}'`;
const asking = { serviceAccountName: "web", automountServiceAccountToken: true };
const projected = {
  serviceAccountName: "web",
  volumes: [{ name: "token", type: "projected", projected: [{ type: "serviceAccountToken" as const }] }],
};

describe("withoutToken", () => {
  it("is one command where no pod says otherwise", () => {
    const workloads = [
      aWorkload("Deployment", "shop", "plain", { spec: { serviceAccountName: "web" } }),
      aWorkload("Deployment", "shop", "other", { spec: { ...asking, serviceAccountName: "other" } }),
      aWorkload("Deployment", "ops", "elsewhere", { spec: asking }),
    ];
    expect(withoutToken(ACCOUNT, { pods: [], workloads })).toEqual({
      how: { language: "shell", text: OF_ACCOUNT },
      note: null,
    });
  });

  it("patches workloads that ask for the token themselves, which goes before what the account says", () => {
    const owned = aPod("shop", "web-0", { spec: asking });
    const metadata = aMetadata({ ...owned.metadata, ownerReferences: [anOwner("StatefulSet", "web")] });
    const workloads = [
      aWorkload("StatefulSet", "shop", "web", { spec: asking }),
      aWorkload("CronJob", "shop", "night", { spec: asking }),
    ];
    const { how, note } = withoutToken(ACCOUNT, { pods: [{ ...owned, metadata }], workloads });
    expect(how.text.split(" && ")).toEqual([
      OF_ACCOUNT,
      `kubectl patch statefulset web -n shop -p '{"spec":{"template":{"spec":{"automountServiceAccountToken":false}}}}'`,
      `kubectl patch cronjob night -n shop -p '{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"automountServiceAccountToken":false}}}}}}'`,
    ]);
    expect(note).toBeNull();
  });

  it("names what no command changes", () => {
    const pods = [aPod("shop", "bare", { spec: asking })];
    const workloads = [
      aWorkload("Job", "shop", "once", { spec: asking }),
      aWorkload("Deployment", "shop", "agent", { spec: projected }),
    ];
    const { how, note } = withoutToken(ACCOUNT, { pods, workloads });
    expect(how.text).toBe(OF_ACCOUNT);
    expect(note).toContain("Job once, Deployment agent, Pod bare");
  });
});
