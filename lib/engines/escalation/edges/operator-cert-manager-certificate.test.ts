import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorCertManagerCertificate } from "./operator-cert-manager-certificate.ts";

const image = "quay.io/jetstack/cert-manager-controller:v1.18.0";
describeOperator(operatorCertManagerCertificate, {
  group: "cert-manager.io",
  resource: "certificates",
  image,
  held: "medium cluster",
});

it("is worth the same in one namespace, whatever its controller may do", () => {
  const rules = [{ verbs: ["patch"], apiGroups: ["cert-manager.io"], resources: ["issuers"], resourceNames: ["own"] }];
  const parts = withController(aGrantedCluster({ rules, in: "payments" }), {
    group: "cert-manager.io",
    resources: ["certificates"],
    image,
  });
  expect(heldBy(parts).OPERATOR_CERT_MANAGER_CERTIFICATE).toBe("medium payments");
});
