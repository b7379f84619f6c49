import { describe, expect, it } from "vitest";
import { subjectDetailSchema, subjectsPageSchema, subjectsQuerySchema } from "#lib/contracts/access.ts";
import { aGrantedCluster } from "#lib/testing/build-escalations.ts";
import { aUser } from "#lib/testing/build-rbac.ts";
import { aSnapshot } from "#lib/testing/build-snapshot.ts";
import { accessFindings, analyzeAccess } from "./analyze-access.ts";
import { listSubjects } from "./questions/list-subjects.ts";
import { subjectDetail } from "./questions/subject-detail.ts";

const CERTIFICATES = { apiGroups: ["certificates.k8s.io"] };
const APPROVE = [
  { ...CERTIFICATES, verbs: ["create"], resources: ["certificatesigningrequests"] },
  { ...CERTIFICATES, verbs: ["update"], resources: ["certificatesigningrequests/approval"] },
];
const LIST_SECRETS = { verbs: ["list"], resources: ["secrets"] };
const REASON = "approve on the signer kubernetes.io/kube-apiserver-client is missing";

/** alice may approve certificates without a signer, and bob beside that list secrets of shop. */
const analysis = analyzeAccess(
  aSnapshot(
    aGrantedCluster(
      { rules: APPROVE },
      { rules: APPROVE, to: aUser("bob") },
      { rules: [LIST_SECRETS], in: "shop", to: aUser("bob") },
    ),
  ),
);
const list = (query: object = {}) =>
  subjectsPageSchema.parse(listSubjects(analysis, subjectsQuerySchema.parse({ search: "User:", ...query })));

describe("what does not work now", () => {
  it("carries its state and reason, after everything that works", () => {
    const { capabilities } = subjectDetailSchema.parse(subjectDetail(analysis, "User:bob"));
    expect(capabilities.map(({ id, state, reason }) => [id, state, reason])).toEqual([
      ["SECRETS_LIST", "proven", null],
      ["CSR_APPROVE_NO_SIGNER", "latent", REASON],
    ]);
  });

  it("is said as such in the sentences of rows, pages and findings", () => {
    const [, alice] = list().items;
    expect(alice?.id).toBe("User:alice");
    expect(alice?.sentence).toContain(`, but not now: ${REASON}`);
    expect(subjectDetail(analysis, "User:alice")).toMatchObject({
      sentence: expect.stringContaining("but not now"),
      context: "Its permissions and the bindings that give them are below.",
    });
    const finding = accessFindings(analysis).find(({ subject }) => subject === "User:alice");
    expect(finding).toMatchObject({ severity: "low", sentence: expect.stringContaining("but not now") });
  });

  it("does not count among the ways of a row that has others", () => {
    const [bob] = list().items;
    expect(bob?.id).toBe("User:bob");
    expect(bob?.sentence).not.toMatch(/more way|not now/);
    expect(subjectDetail(analysis, "User:bob").context).toMatch(/^1 dangerous capability, given by RoleBinding/);
  });

  it("is neither counted in the filter of capabilities nor found by it", () => {
    const page = list({ capability: "CSR_APPROVE_NO_SIGNER" });
    expect(page.items).toEqual([]);
    expect(page.facets.capability.map(({ value }) => value)).not.toContain("CSR_APPROVE_NO_SIGNER");
    expect(list({ capability: "SECRETS_LIST" }).items.map(({ id }) => id)).toEqual(["User:bob"]);
  });
});
