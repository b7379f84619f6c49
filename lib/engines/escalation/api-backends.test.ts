import { expect, it } from "vitest";
import type { Json } from "#lib/model/metadata.ts";
import { aMetadata } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { apiBackends } from "./api-backends.ts";

const object = (kind: string, spec: Json) => ({
  metadata: aMetadata({ name: `a-${kind}` }),
  group: "",
  kind,
  version: "v1",
  spec,
});

it("finds the Services behind webhooks, conversions and aggregated APIs", () => {
  const { objects } = aSnapshot({
    webhookConfigurations: [
      object("ValidatingWebhookConfiguration", {
        webhooks: [
          { clientConfig: { service: { namespace: "guard", name: "hook" } } },
          { clientConfig: { service: { namespace: "guard", name: "other" } } },
          { clientConfig: { url: "https://example.com" } },
        ],
      }),
    ],
    customResourceDefinitions: [
      object("CustomResourceDefinition", {
        conversion: { webhook: { clientConfig: { service: { namespace: "certs", name: "convert" } } } },
      }),
      object("CustomResourceDefinition", { conversion: { strategy: "None" } }),
    ],
    apiServices: [
      object("APIService", { service: { namespace: "kube-system", name: "metrics" } }),
      object("APIService", {}),
    ],
  });
  expect([...apiBackends(objects)].map(([namespace, names]) => [namespace, [...names]])).toEqual([
    ["guard", ["hook", "other"]],
    ["certs", ["convert"]],
    ["kube-system", ["metrics"]],
  ]);
});

it("finds none in an empty cluster", () => {
  expect(apiBackends(aSnapshot().objects).size).toBe(0);
});
